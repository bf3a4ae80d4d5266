namespace Consortium.Tests.Tidy;

/// <summary>The checked-out source that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Files of a kind, build output, data folders and fetched trees left out; paths from the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var path = Path.Combine(Root, folder);
        return !Directory.Exists(path)
            ? []
            : Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "data" or "node_modules" || part.StartsWith('.')))
                .Order(StringComparer.Ordinal);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Consortium.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Consortium.sln above {AppContext.BaseDirectory}.");
    }
}
