namespace Consortium.Api.Files;

/// <summary>Files that only their owner may read (mode 600 where there are modes).</summary>
public static class OwnerOnlyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a new file; never overwrites.</summary>
    /// <param name="path">A file that does not exist; its folder is made when it is missing.</param>
    /// <param name="text">The content of the file.</param>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    public static void Create(string path, string text)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    /// <summary>Whether nobody but the owner may read or write a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns><see langword="true"/> also where files have no modes.</returns>
    public static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) == UnixFileMode.None;
}
