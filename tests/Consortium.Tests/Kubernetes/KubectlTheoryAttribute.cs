namespace Consortium.Tests.Kubernetes;

/// <summary>A test that needs kubectl; it is skipped, with the reason, where kubectl is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute()
    {
        if (Path is null)
        {
            Skip = "kubectl is not installed: what is rendered here is not compared with what it renders.";
        }
    }

    /// <summary>Path of kubectl, or <see langword="null"/> when it is not installed.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, "kubectl"))
        .FirstOrDefault(File.Exists);
}
