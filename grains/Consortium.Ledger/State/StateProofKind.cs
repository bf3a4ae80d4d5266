namespace Consortium.Ledger.State;

/// <summary>How the path of the proved key ends. The numbers are permanent: they are the first byte of a proof.</summary>
public enum StateProofKind
{
    /// <summary>In an empty slot: the key is absent.</summary>
    EmptySlot = 0,

    /// <summary>In the key's own leaf: the key is present.</summary>
    Presence = 1,

    /// <summary>In the leaf of another key, where this key's leaf would have to be: the key is absent.</summary>
    OtherLeaf = 2,
}
