using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Consortium.Consensus.Exporting;
using Consortium.Consensus.Ports;

namespace Consortium.Tests.Node;

public sealed class JournalExportTests
{
    [Fact]
    public async Task Entries_of_other_kinds_are_left_out()
    {
        await using var fixture = await NodeFixture.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await fixture.OpenAsync(key);
        var head = await fixture.Node.Progress.WaitAsync(now => now.SealedPosition >= fixture.BatchPosition, default);

        using var plain = new MemoryStream();
        await fixture.Node.ExportAsync(plain, head.SealedHeight, default);
        Assert.Null(RoleHarnessTests.Verify(plain.ToArray(), out var verifier));
        Assert.Equal(head.SealedHeight, verifier.Height);

        using var mixed = new MemoryStream();
        await JournalExport.WriteAsync(new MixedJournal(fixture.Ports.Journal), ulong.MaxValue, head.SealedHeight, mixed, default);
        Assert.Equal(plain.ToArray(), mixed.ToArray());
    }

    /// <summary>A journal with an unknown kind of entry after each of its own.</summary>
    private sealed class MixedJournal(IJournal journal) : IJournal
    {
        public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) => journal.ReadHeadAsync(cancellationToken);

        public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<JournalEntry> ReadAsync(
            ulong fromPosition,
            ulong toPosition,
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var entry in journal.ReadAsync(fromPosition, toPosition, cancellationToken))
            {
                yield return entry;
                yield return entry with { Kind = (JournalEntryKind)200 };
            }
        }
    }
}
