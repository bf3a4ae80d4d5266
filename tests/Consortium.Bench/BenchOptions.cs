namespace Consortium.Bench;

/// <summary>The options of the command line.</summary>
internal sealed record BenchOptions
{
    private const string Usage =
        "Use --json for one machine-readable object, --rows A,B for some rows only, --cluster for three silos beside one, --smoke to see that rows run (its figures mean nothing).";

    /// <summary>Whether the result is one JSON object.</summary>
    public bool Json { get; init; }

    /// <summary>Whether every slice is as short as can be.</summary>
    public bool Smoke { get; init; }

    /// <summary>The rows to measure, in the order of the table.</summary>
    public IReadOnlyList<Row> Rows { get; init; } = BenchRows.OneSilo;

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="options">What they ask for.</param>
    /// <returns>A sentence with the fault and the allowed values, or <see langword="null"/>.</returns>
    public static string? TryRead(IReadOnlyList<string> arguments, out BenchOptions options)
    {
        options = new BenchOptions();
        string[]? keys = null;
        var cluster = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--smoke":
                    options = options with { Smoke = true };
                    break;
                case "--cluster":
                    cluster = true;
                    break;
                case "--rows" when i + 1 < arguments.Count:
                    keys = arguments[++i].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                    break;
                default:
                    return $"'{arguments[i]}' is not an option, or lacks its value. {Usage}";
            }
        }

        var rows = cluster ? BenchRows.Cluster : BenchRows.OneSilo;
        if (keys is not null)
        {
            var unknown = keys.FirstOrDefault(key => !rows.Any(row => row.Key == key));
            if (unknown is not null || keys.Length == 0)
            {
                return $"--rows names {(unknown is null ? "no row" : $"'{unknown}', which is no row")}. Give some of {string.Join(", ", rows.Select(row => row.Key))}.";
            }

            rows = [.. rows.Where(row => keys.Contains(row.Key, StringComparer.Ordinal))];
        }

        options = options with { Rows = rows };
        return null;
    }
}
