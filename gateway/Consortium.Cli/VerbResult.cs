using System.Text.Json;
using System.Text.Json.Nodes;
using Consortium.Api;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>The output of a verb, as JSON and for people.</summary>
/// <param name="Json">The object of <c>--json</c>.</param>
/// <param name="Show">Prints the same for people.</param>
internal sealed record VerbResult(JsonObject Json, Action<IAnsiConsole> Show)
{
    /// <summary>Why a verb failed although it has something to show; decides the exit code.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Whether the JSON is printed even without <c>--json</c>.</summary>
    public bool AlwaysJson { get; init; }

    /// <summary>Shows a response of the API.</summary>
    public static VerbResult Of<TResponse>(TResponse response, Action<IAnsiConsole> show)
        where TResponse : class => new(ToJson(response), show);

    /// <summary>Writes a response as the API does.</summary>
    public static JsonObject ToJson<TResponse>(TResponse response)
        where TResponse : class => JsonSerializer.SerializeToNode(response, ApiJson.Options)!.AsObject();
}
