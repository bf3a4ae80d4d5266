using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Client.Verification;
using Consortium.Ledger;
using Consortium.Ledger.Verification;
using Spectre.Console;

namespace Consortium.Cli.Commands;

/// <summary>Verifies an exported chain and copies it into an empty data folder, with which a silo then begins.</summary>
internal sealed class ImportCommand : Verb
{
    private const string Advice = "Import another export: 'consortium export FILE' writes one at any gateway of the network.";

    private readonly Argument<string> _file = new("FILE") { Description = "The exported chain" };
    private readonly Option<string> _data = new("--data")
    {
        Description = "The data folder of the silo that is to begin with it: empty, or with its keys only",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./data",
    };

    private readonly Option<Digest> _network =
        Ids.Hash("--network", "ID", "The network's id as you know it; without it, the one in the file is only told");

    public ImportCommand()
        : base("import", "Verify an exported chain and put it into an empty data folder, for a silo to begin with")
    {
        Arguments.Add(_file);
        Options.Add(_data);
        Options.Add(_network);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var path = context.Required(_file);
        var folder = new ImportFolder(Path.GetFullPath(context.Required(_data)));
        var genesis = await ReadGenesisAsync(path, cancellationToken);
        folder.RequireRoomFor(genesis);
        var report = await VerifyAsync(context, path, cancellationToken);
        await folder.PutAsync(path, genesis, cancellationToken);
        var json = new JsonObject
        {
            ["network"] = report.Network.ToString(),
            ["height"] = report.Height,
            ["transactions"] = report.TransactionCount,
            ["stateRoot"] = report.StateRoot.ToString(),
            ["genesis"] = folder.GenesisPath,
            ["import"] = folder.ImportPath,
        };
        return new VerbResult(json, console =>
        {
            console.Facts(
            [
                ("Network", report.Network.ToString()),
                ("Blocks", string.Create(CultureInfo.InvariantCulture, $"{report.Height} with {report.TransactionCount} transactions; every rule holds")),
                ("State root", report.StateRoot.ToString()),
                ("Written", $"{folder.GenesisPath}, {folder.ImportPath}"),
            ]);
            console.WriteLine($"Now put the members' producer keys (*.producer.pem) into {Path.Combine(folder.Folder, "keys")}, then start the silo with --data {folder.Folder}: it begins with this chain.");
        });
    }

    private async Task<ChainReport> VerifyAsync(VerbContext context, string path, CancellationToken cancellationToken)
    {
        await using var stream = Open(path);
        var options = new ChainVerificationOptions { ExpectedNetwork = context.Given(_network) ? context.Required(_network) : null };
        var report = await ProgressBar.RunAsync(
            context,
            "Verifying",
            stream.Length,
            progress => ChainFile.VerifyAsync(stream, options, progress, cancellationToken));
        return report.Fault is not { } fault ? report : throw new ConsortiumException(
            "import_invalid",
            $"'{path}' cannot be imported, because its chain does not hold: {fault}. Nothing was written.",
            Advice);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadGenesisAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = Open(path);
        using var reader = new ChainFileReader(stream);
        var record = await reader.ReadAsync(cancellationToken);
        return record is { Kind: ExportRecordKind.Genesis } ? record.Content : throw new ConsortiumException(
            "import_invalid",
            $"'{path}' cannot be imported: {(stream.Length == 0 ? "it is empty" : reader.Fault ?? "it does not begin with a genesis")}. Nothing was written.",
            Advice);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 20 });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConsortiumException(
                "import_unreadable",
                $"'{path}' cannot be imported: {exception.Message}",
                "Name a file that 'consortium export FILE' wrote and that this user may read.",
                exception);
        }
    }
}
