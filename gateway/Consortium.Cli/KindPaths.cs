namespace Consortium.Cli;

/// <summary>The command of each kind of transaction; a new kind appends a line here.</summary>
internal static class KindPaths
{
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["open_account"] = "account open",
        ["rotate_keys"] = "account rotate",
        ["register_asset"] = "asset register",
        ["issue"] = "issue",
        ["retire"] = "retire",
        ["deal"] = "deal submit",
        ["pledge"] = "pledge",
        ["release"] = "release",
        ["set_freeze"] = "account freeze",
    };

    /// <summary>The last word of a kind's path: its verb.</summary>
    public static string Word(string kind) => All[kind].Split(' ')[^1];
}
