using System.Threading.Channels;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Verification;

namespace Consortium.Client.Verification;

/// <summary>One run over one export: read, check signatures side by side, execute in order.</summary>
internal sealed class ChainVerification(
    ChainFileReader reader,
    ChainVerificationOptions options,
    IProgress<ChainProgress>? progress)
{
    private readonly ChainVerifier _verifier = new(new P256VerifierCache());
    private readonly P256VerifierCache _keys = new();
    private readonly ByteBudget _budget = new(options.BufferBytesMax);

    public async Task<ChainReport> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var records = Channel.CreateBounded<PendingRecord>(new BoundedChannelOptions(options.BufferBatchesMax)
        {
            SingleReader = true,
            SingleWriter = true,
        });
        var reading = Task.Run(() => ReadAsync(records.Writer, stop.Token), stop.Token);
        var fault = await ExecuteAsync(records.Reader, cancellationToken);

        // After a fault no task takes records any more, so reading must stop; its own failures still surface.
        await stop.CancelAsync();
        try
        {
            await reading;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        fault ??= reader.Fault is { } broken ? new ChainFault(_verifier.Height + 1, null, "export", broken) : null;
        fault ??= _verifier.Finish();
        return new ChainReport(
            fault,
            _verifier.Network,
            _verifier.Height,
            _verifier.Final?.Height ?? 0,
            _verifier.TipHash,
            _verifier.StateRoot,
            _verifier.TransactionCount,
            _verifier.SignatureCount,
            reader.BytesRead);
    }

    private async Task ReadAsync(ChannelWriter<PendingRecord> records, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            Digest network = default;
            while (await reader.ReadAsync(cancellationToken) is { } record)
            {
                if (record.Kind == ExportRecordKind.Genesis)
                {
                    network = Derive.Network(record.Content.Span);
                }

                await _budget.TakeAsync(record.Content.Length, cancellationToken);
                var of = network;
                var checking = record.Kind == ExportRecordKind.Batch
                    ? Task.Run(() => CheckedBatch.Check(record.Content, of, _keys), cancellationToken)
                    : null;
                await records.WriteAsync(new PendingRecord(record, checking), cancellationToken);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            records.Complete(failure);
        }
    }

    private async Task<ChainFault?> ExecuteAsync(ChannelReader<PendingRecord> records, CancellationToken cancellationToken)
    {
        var first = true;
        await foreach (var pending in records.ReadAllAsync(cancellationToken))
        {
            if (first != (pending.Record.Kind == ExportRecordKind.Genesis))
            {
                return new ChainFault(
                    first ? 0 : _verifier.Height + 1,
                    null,
                    "export",
                    "an export begins with genesis and holds no other");
            }

            first = false;
            var fault = await AddAsync(pending);
            _budget.GiveBack(pending.Record.Content.Length);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private async ValueTask<ChainFault?> AddAsync(PendingRecord pending)
    {
        try
        {
            if (pending.Checking is { } checking)
            {
                return _verifier.AddBatch(await checking);
            }

            var fault = pending.Record.Kind == ExportRecordKind.Genesis
                ? AddGenesis(pending.Record.Content)
                : _verifier.AddSeal(pending.Record.Content);
            progress?.Report(new ChainProgress(_verifier.Height, _verifier.TransactionCount, reader.BytesRead));
            return fault;
        }
        catch (Exception exception) when (exception is InvariantBrokenException or OverflowException)
        {
            // An honest chain cannot lead here; a forged one must be reported, not take the auditor's program down.
            return new ChainFault(_verifier.Height + 1, null, "invariant", exception.Message);
        }
    }

    private ChainFault? AddGenesis(ReadOnlyMemory<byte> bytes)
    {
        var network = Derive.Network(bytes.Span);
        return options.ExpectedNetwork is { } expected && network != expected
            ? new ChainFault(0, null, "network", $"the chain is of network {network}, not {expected}")
            : _verifier.AddGenesis(bytes);
    }
}
