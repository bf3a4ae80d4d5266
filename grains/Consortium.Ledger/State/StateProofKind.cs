namespace Consortium.Ledger.State;

/// <summary>What stands at the end of a path. The numbers are permanent: they are the first byte of a proof.</summary>
public enum StateProofKind
{
    /// <summary>Nothing: the key is absent.</summary>
    EmptySlot = 0,

    /// <summary>The key's own leaf: the key is present.</summary>
    Presence = 1,

    /// <summary>The leaf of another key, where this key's leaf would have to be: the key is absent.</summary>
    OtherLeaf = 2,
}
