using System.Reflection;

namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>The version that this program was built as.</summary>
public static class ProgramVersion
{
    /// <summary>The version, with the commit where the build knew it.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
