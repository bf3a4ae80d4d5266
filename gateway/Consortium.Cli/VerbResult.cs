using System.Text.Json.Nodes;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>What a verb prints.</summary>
/// <param name="Json">The object of <c>--json</c>.</param>
/// <param name="Show">Prints the same for people.</param>
internal sealed record VerbResult(JsonObject Json, Action<IAnsiConsole> Show)
{
    /// <summary>Whether what was asked was done; decides the exit code.</summary>
    public bool Done { get; init; } = true;

    /// <summary>Whether the JSON is printed even without <c>--json</c>.</summary>
    public bool AlwaysJson { get; init; }
}
