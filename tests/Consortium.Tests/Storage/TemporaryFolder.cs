namespace Consortium.Tests.Storage;

/// <summary>A folder that is deleted with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("consortium-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Copy()
    {
        var copy = System.IO.Path.Combine(Path, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(Path).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }
}
