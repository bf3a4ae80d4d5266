namespace Consortium.Ledger.State;

/// <summary>What a state key names. Numbers are permanent: they are the first byte of every key.</summary>
public enum StateKind
{
    /// <summary>A member institution.</summary>
    Member = 1,

    /// <summary>A registered asset.</summary>
    Asset = 2,

    /// <summary>An account.</summary>
    Account = 3,

    /// <summary>How much of an instrument an account has.</summary>
    Holding = 4,
}
