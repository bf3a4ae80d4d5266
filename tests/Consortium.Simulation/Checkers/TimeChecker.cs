using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>Batch times and header times never go back, and transactions are ordered while they are valid.</summary>
internal sealed class TimeChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "time";

    private ulong _batchMs;
    private ulong _headerMs = ledger.Genesis.TimeMs;

    public void OnBatch(ReplayedBatch batch)
    {
        var time = batch.TimeMs;
        if (time < _batchMs || time < _headerMs)
        {
            findings.Report(Name, $"the batch at {batch.Position} has time {time}; the last batch {_batchMs}, the last header {_headerMs}");
        }

        foreach (var executed in batch.Executed)
        {
            var validUntil = executed.Transaction.ValidUntilMs;
            if (validUntil <= time)
            {
                findings.Report(Name, $"{executed.Transaction.Id} was valid until {validUntil} and ordered at {time}");
            }
            else if (validUntil - time > ledger.Genesis.ValidityMaxMs)
            {
                findings.Report(Name, $"{executed.Transaction.Id} is valid until {validUntil}, too long for its order at {time}");
            }
        }

        _batchMs = time;
    }

    public void OnSeal(ReplayedBlock block)
    {
        var time = block.Header.TimeMs;
        if (time < block.LastBatchTimeMs || time < _headerMs)
        {
            findings.Report(
                Name,
                $"header {block.Header.Height} has time {time}; its last batch {block.LastBatchTimeMs}, the header before {_headerMs}");
        }
        else if (block.NextBatchTimeMs < time)
        {
            findings.Report(Name, $"header {block.Header.Height} has time {time}; the first batch after its block {block.NextBatchTimeMs}");
        }

        _headerMs = time;
    }
}
