namespace Consortium.Consensus.Ports;

/// <summary>The kinds of journal entry. Numbers are permanent.</summary>
public enum JournalEntryKind
{
    /// <summary>A <see cref="Ledger.Wire.Genesis"/>; always and only at position 0.</summary>
    Genesis = 1,

    /// <summary>A <see cref="Ledger.Wire.Batch"/>.</summary>
    Batch = 2,

    /// <summary>A <see cref="Ledger.Wire.SealedHeader"/>.</summary>
    Seal = 3,

    /// <summary>An activation of the consensus role begins: those before it can write no more.</summary>
    Activation = 4,
}
