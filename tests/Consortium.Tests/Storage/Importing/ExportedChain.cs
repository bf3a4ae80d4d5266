using System.Security.Cryptography;
using Consortium.Client.Verification;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Verification;
using Consortium.Storage.Importing;
using Consortium.Tests.Node;

namespace Consortium.Tests.Storage.Importing;

/// <summary>The chain of a network that was restarted several times while transactions went on, and its export.</summary>
internal sealed class ExportedChain : IAsyncDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private ExportedChain(NodeFixture fixture) => Fixture = fixture;

    public NodeFixture Fixture { get; }

    /// <summary>The accounts that were opened, in order, with the journal positions of their batches.</summary>
    public List<(AccountId Account, ulong Position)> Opened { get; } = [];

    public byte[] Export { get; private set; } = [];

    public static async Task<ExportedChain> MakeAsync(int restarts = 4)
    {
        var chain = new ExportedChain(await NodeFixture.StartAsync());
        for (var i = 0; i <= restarts; i++)
        {
            if (i > 0)
            {
                await chain.Fixture.RestartAsync();
            }

            // Batches close together, so that seals stand behind batches of the next block.
            for (var j = 0; j < 6; j++)
            {
                await chain.OpenAsync();
            }
        }

        chain.Export = await chain.ExportAsync();
        return chain;
    }

    public async Task OpenAsync()
    {
        var account = await Fixture.OpenAsync(_key);
        Opened.Add((account, Fixture.BatchPosition));
    }

    /// <summary>Waits until all is sealed, then exports.</summary>
    public async Task<byte[]> ExportAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var head = await Fixture.Node.Progress.WaitAsync(now => now.SealedPosition >= Fixture.BatchPosition, patience.Token);
        using var stream = new MemoryStream();
        await Fixture.Node.ExportAsync(stream, head.SealedHeight, patience.Token);
        return stream.ToArray();
    }

    public static async Task<List<(ExportRecordKind Kind, ReadOnlyMemory<byte> Content)>> RecordsAsync(byte[] export)
    {
        using var reader = new ChainFileReader(new MemoryStream(export));
        var records = new List<(ExportRecordKind, ReadOnlyMemory<byte>)>();
        while (await reader.ReadAsync(default) is { } record)
        {
            records.Add((record.Kind, record.Content));
        }

        Assert.Null(reader.Fault);
        return records;
    }

    public static async Task<List<JournalEntry>> RebuildAsync(byte[] export)
    {
        var rebuild = new JournalRebuild();
        var entries = new List<JournalEntry>();
        foreach (var (kind, content) in await RecordsAsync(export))
        {
            entries.AddRange(rebuild.Add(kind, content));
        }

        entries.AddRange(rebuild.Finish());
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await Fixture.DisposeAsync();
        _key.Dispose();
    }
}
