using Spectre.Console;

namespace Consortium.Simulation.Reporting;

/// <summary>Makes consoles for writers.</summary>
internal static class Consoles
{
    /// <summary>A console on a writer: colours only where a person looks, a pipe gets plain text.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="width">Columns at most.</param>
    public static IAnsiConsole For(TextWriter writer, int width)
    {
        var isSeen = writer == Console.Out ? !Console.IsOutputRedirected : writer == Console.Error && !Console.IsErrorRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isSeen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isSeen ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isSeen ? InteractionSupport.Detect : InteractionSupport.No,
        });
        console.Profile.Width = isSeen ? Math.Min(width, console.Profile.Width) : width;
        return console;
    }
}
