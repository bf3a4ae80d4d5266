using Consortium.Consensus.Ports;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>The journal has no gaps, begins with the genesis, and holds only entries that it may hold.</summary>
internal sealed class JournalChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "journal";

    /// <summary>An entry became durable; called before it is replayed.</summary>
    public void OnEntry(JournalEntry entry)
    {
        var expected = ledger.Head is { } head ? head + 1 : 0;
        if (entry.Position != expected)
        {
            findings.Report(Name, $"position {entry.Position} follows where {expected} should");
        }
        else if ((entry.Kind == JournalEntryKind.Genesis) != (entry.Position == 0))
        {
            findings.Report(Name, $"position {entry.Position} holds a {entry.Kind}");
        }
        else if (entry.Kind == JournalEntryKind.Genesis && !entry.Bytes.Span.SequenceEqual(ledger.Genesis.Bytes.Span))
        {
            findings.Report(Name, "position 0 holds another genesis");
        }
        else if (!Enum.IsDefined(entry.Kind))
        {
            findings.Report(Name, $"position {entry.Position} holds an entry of unknown kind {(int)entry.Kind}");
        }
    }
}
