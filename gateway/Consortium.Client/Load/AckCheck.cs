using Consortium.Api;
using Consortium.Client.Verification;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Verification;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Client.Load;

/// <summary>Looks for acknowledged transactions in the exported chain: each must be there, once.</summary>
/// <param name="client">The gateway.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class AckCheck(ConsortiumClient client, TimeProvider timeProvider)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Checks a file of acknowledgements.</summary>
    /// <param name="path">An id per line; a last line that was cut off is passed over.</param>
    /// <param name="timeout">Longest wait until every ordered transaction is sealed.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The counts of acknowledged transactions that the chain has, lacks, or has twice.</returns>
    /// <exception cref="ConsortiumException">The file or the export cannot be read, or nothing was sealed in time.</exception>
    public async Task<AckReport> RunAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seen = await ReadAsync(path, cancellationToken);
        var height = await WaitUntilSealedAsync(timeout, cancellationToken);
        await CountAsync(seen, height, cancellationToken);
        var missing = seen.Where(entry => entry.Value == 0).Select(entry => entry.Key).ToList();
        var duplicated = seen.Where(entry => entry.Value > 1).Select(entry => entry.Key).ToList();
        return new AckReport(
            seen.Count,
            seen.Count - missing.Count,
            missing.Count,
            duplicated.Count,
            height,
            missing.Count == 0 ? null : missing[0].ToString(),
            duplicated.Count == 0 ? null : duplicated[0].ToString());
    }

    private static async Task<Dictionary<TransactionId, int>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        var seen = new Dictionary<TransactionId, int>();
        var lines = text.Split('\n');

        // The text after the last line feed is empty, or was cut off by a crash before its transaction counted as acknowledged.
        for (var i = 0; i < lines.Length - 1; i++)
        {
            seen[TransactionId.TryParse(lines[i], out var id) ? id : throw new ConsortiumException(
                "not_an_ack_file",
                $"Line {i + 1} of '{path}' is no transaction id.",
                "Name a file that 'consortium load --acks FILE' wrote.")] = 0;
        }

        return seen;
    }

    private async Task<ulong> WaitUntilSealedAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        // A block that is cut before the last batch may still be unsealed; the block after it covers every batch.
        var started = timeProvider.GetTimestamp();
        var height = (await client.GetNetworkAsync(cancellationToken)).SealedHeight + 2;
        while ((await client.GetNetworkAsync(cancellationToken)).SealedHeight < height)
        {
            if (timeProvider.GetElapsedTime(started) > timeout)
            {
                throw new ConsortiumException(
                    "not_sealed",
                    $"Block {height}, which has all that was acknowledged, was not sealed within {timeout.TotalSeconds:0} s.",
                    "Look whether the gateway mines, or give a longer --timeout.");
            }

            await Task.Delay(PollInterval, timeProvider, cancellationToken);
        }

        return height;
    }

    private async Task CountAsync(Dictionary<TransactionId, int> seen, ulong height, CancellationToken cancellationToken)
    {
        await using var stream = await client.ExportAsync(height, cancellationToken);
        using var reader = new ChainFileReader(stream);
        ulong reached = 0;
        while (await reader.ReadAsync(cancellationToken) is { } record)
        {
            if (record.Kind == ExportRecordKind.Seal && BlockSeal.TryRead(record.Content.Span, out var seal))
            {
                reached = seal.Header.Height;
            }

            if (record.Kind != ExportRecordKind.Batch)
            {
                continue;
            }

            foreach (var transaction in LedgerWire.Batch.Parser.ParseFrom(record.Content.Span).Transactions)
            {
                var signed = LedgerWire.SignedTransaction.Parser.ParseFrom(transaction);
                var id = Derive.Transaction(signed.Payload.Span);
                if (seen.TryGetValue(id, out var times))
                {
                    seen[id] = times + 1;
                }
            }
        }

        if (reader.Fault is { } fault || reached < height)
        {
            throw new ConsortiumException(
                "export_broken",
                $"The export up to block {height} could not be read to its end: {reader.Fault ?? $"it ends at block {reached}"}.",
                "Run the command again; if it goes on, the gateway's storage needs looking at.");
        }
    }
}
