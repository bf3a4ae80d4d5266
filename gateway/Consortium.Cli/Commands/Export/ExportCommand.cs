using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Consortium.Cli.Commands;

/// <summary>Writes the chain to a file.</summary>
internal sealed class ExportCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file to write; replaced only when all has come" };
    private readonly Option<ulong?> _to = Ids.Height("--to", "The last block [default: the last sealed one]");

    public ExportCommand()
        : base("export", "Write the whole chain to one file, for 'verify' and 'import'")
    {
        Arguments.Add(_file);
        Options.Add(_to);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        var part = path + ".part";
        long bytes;
        await using (var source = await context.Client.ExportAsync(context.Optional(_to), cancellationToken))
        await using (var target = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            await source.CopyToAsync(target, cancellationToken);
            bytes = target.Length;
        }

        File.Move(part, path, overwrite: true);
        return new VerbResult(
            new JsonObject { ["file"] = path, ["bytes"] = bytes },
            console => console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{bytes} bytes in {path}; 'consortium verify {path}' checks them.")));
    }
}
