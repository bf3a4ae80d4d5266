using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>Prints results and errors, for people or for programs.</summary>
internal sealed class Output(Surroundings surroundings, bool json)
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Result(VerbResult result)
    {
        if (json || result.AlwaysJson)
        {
            surroundings.Out.WriteLine(result.Json.ToJsonString(OneLine));
            return;
        }

        result.Show(ConsoleFor(surroundings.Out, surroundings.Width));
    }

    public void Error(int code, string name, string message, string action)
    {
        if (json)
        {
            var error = new JsonObject { ["code"] = code, ["name"] = name, ["message"] = message, ["action"] = action };
            surroundings.Out.WriteLine(new JsonObject { ["error"] = error }.ToJsonString(OneLine));
            return;
        }

        surroundings.Error.WriteLine(code == 0 ? $"{name}: {message}" : $"{name} ({code}): {message}");
        surroundings.Error.WriteLine($"  What to do: {action}");
    }

    internal static IAnsiConsole ConsoleFor(TextWriter writer, int width)
    {
        // Colours only where a person looks; a pipe gets plain text.
        var redirected = writer != Console.Out || Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        return console;
    }
}
