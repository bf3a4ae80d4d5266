using System.Security.Cryptography;
using Consortium.Client.Verification;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Verification;
using Consortium.Tests.Node;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Verification;

public sealed class ExportTamperTests : IAsyncLifetime
{
    private const int Positions = 2_000;

    private byte[] _export = [];

    public async Task InitializeAsync()
    {
        await using var fixture = await NodeFixture.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (a, b) = (await fixture.OpenAsync(key), await fixture.OpenAsync(key, "01"));
        var asset = await fixture.RegisterAsync(a, key, "unit");
        Assert.Empty(await fixture.SubmitAsync(fixture.Sign(new Issue(asset, a, new Amount(100)), key)));
        foreach (var units in new[] { 30, 60, 90 })
        {
            // The last is rejected: rejections are part of the chain too.
            var deal = new Deal(
                [new DealLeg(a, Instrument.Full(asset), -units), new DealLeg(b, Instrument.Full(asset), units)],
                $"{units}");
            await fixture.SubmitAsync(fixture.Sign(deal, key));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var head = await fixture.Node.Progress.WaitAsync(now => now.SealedPosition >= fixture.BatchPosition, patience.Token);
        using var stream = new MemoryStream();
        await fixture.Node.ExportAsync(stream, head.SealedHeight, patience.Token);
        _export = stream.ToArray();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_export_that_nobody_touched_verifies()
    {
        var report = await VerifyAsync(_export);
        Assert.Null(report.Fault);
        Assert.Equal(7, report.TransactionCount);
    }

    [Fact]
    public async Task Any_changed_byte_is_found() => await ForEachPositionAsync(Positions, bytes => bytes);

    [Fact]
    public async Task Any_changed_byte_is_found_even_when_the_digest_at_the_end_is_made_anew() =>
        await ForEachPositionAsync(Positions / 4, WithNewDigest);

    [Fact]
    public async Task Any_missing_tail_is_found()
    {
        for (var length = 0; length < _export.Length; length += 1 + (_export.Length / 100))
        {
            Assert.NotNull((await VerifyAsync(_export[..length])).Fault);
        }
    }

    [Fact]
    public async Task Bytes_after_the_end_are_found() => Assert.NotNull((await VerifyAsync([.. _export, 0])).Fault);

    [Fact]
    public async Task A_fault_names_block_transaction_and_rule()
    {
        // The last batch's transaction, changed in its signature, with all framing left alone.
        var at = IndexOfLastSignature();
        var changed = (byte[])_export.Clone();
        changed[at] ^= 1;
        var fault = (await VerifyAsync(WithNewDigest(changed))).Fault;
        Assert.NotNull(fault);
        Assert.True(fault.Height > 0);
        Assert.NotNull(fault.Transaction);
        Assert.Contains("signature", fault.Rule, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<ChainReport> VerifyAsync(byte[] export) =>
        await ChainFile.VerifyAsync(new MemoryStream(export), new ChainVerificationOptions(), progress: null, default);

    private static byte[] WithNewDigest(byte[] export)
    {
        var end = export.Length - SHA256.HashSizeInBytes;
        SHA256.HashData(export.AsSpan(0, end - ExportFormat.RecordHeadSize)).CopyTo(export, end);
        return export;
    }

    private async Task ForEachPositionAsync(int positions, Func<byte[], byte[]> afterwards)
    {
        // Every byte of a small export would do; a stride that shares no factor with record sizes samples a larger one.
        var last = _export.Length - (afterwards == WithNewDigest ? SHA256.HashSizeInBytes : 0);
        var stride = Math.Max(1, last / positions);
        var missed = new System.Collections.Concurrent.ConcurrentBag<int>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, last).Where(position => position % stride == 0),
            async (position, _) =>
            {
                var changed = (byte[])_export.Clone();
                changed[position] ^= (byte)(1 << (position % 8));
                if ((await VerifyAsync(afterwards(changed))).Fault is null)
                {
                    missed.Add(position);
                }
            });
        Assert.Empty(missed);
    }

    private int IndexOfLastSignature()
    {
        var rest = ExportFormat.Magic.Length;
        var found = 0;
        while (ExportFormat.TryReadHead(_export.AsSpan(rest, ExportFormat.RecordHeadSize), out var kind, out var length)
            && kind != ExportRecordKind.End)
        {
            var start = rest + ExportFormat.RecordHeadSize;
            if (kind == ExportRecordKind.Batch)
            {
                var batch = Wire.Batch.Parser.ParseFrom(_export, start, length);
                var value = Wire.SignedTransaction.Parser.ParseFrom(batch.Transactions[^1]).Signatures[0].Value.ToByteArray();
                found = start + _export.AsSpan(start, length).IndexOf(value) + 20;
            }

            rest = start + length;
        }

        return found;
    }
}
