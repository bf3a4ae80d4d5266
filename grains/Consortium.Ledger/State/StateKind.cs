namespace Consortium.Ledger.State;

/// <summary>The kinds of record in the state. Numbers are permanent: they are the first byte of every key.</summary>
public enum StateKind
{
    /// <summary>A member institution.</summary>
    Member = 1,

    /// <summary>A registered asset.</summary>
    Asset = 2,

    /// <summary>An account.</summary>
    Account = 3,

    /// <summary>The units of one instrument in an account, with their lots and pledges.</summary>
    Holding = 4,
}
