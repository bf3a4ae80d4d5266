using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>Prints results and failures, for people or for programs.</summary>
internal sealed class Output(CliEnvironment environment, bool json)
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Result(VerbResult result)
    {
        if (json || result.AlwaysJson)
        {
            if (result.Failure is not null)
            {
                result.Json["error"] = ToJson(result.Failure);
            }

            environment.Out.WriteLine(result.Json.ToJsonString(OneLine));
        }
        else
        {
            result.Show(ConsoleFor(environment.Out, environment.Width));
        }

        if (result.Failure is not null && !json)
        {
            Tell(result.Failure);
        }
    }

    public void Failed(Failure failure)
    {
        if (json)
        {
            environment.Out.WriteLine(new JsonObject { ["error"] = ToJson(failure) }.ToJsonString(OneLine));
        }
        else
        {
            Tell(failure);
        }
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

    private static JsonObject ToJson(Failure failure) => new()
    {
        ["code"] = failure.Code,
        ["name"] = failure.Name,
        ["message"] = failure.Message,
        ["action"] = failure.Action,
    };

    private void Tell(Failure failure)
    {
        environment.Error.WriteLine(failure.Code == 0
            ? $"{failure.Name}: {failure.Message}"
            : $"{failure.Name} ({failure.Code}): {failure.Message}");
        environment.Error.WriteLine($"  What to do: {failure.Action}");
    }
}
