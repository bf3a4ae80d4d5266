namespace Consortium.Ledger.Transactions;

/// <summary>The kinds of transaction. Numbers are permanent: they are the field numbers of the payload's body.</summary>
public enum TransactionKind
{
    /// <summary>Opens an account.</summary>
    OpenAccount = 10,

    /// <summary>Replaces an account's authority.</summary>
    RotateKeys = 11,

    /// <summary>Registers an asset.</summary>
    RegisterAsset = 12,

    /// <summary>Issues units of an asset.</summary>
    Issue = 13,

    /// <summary>Retires units of an asset.</summary>
    Retire = 14,

    /// <summary>Settles legs of several parties together.</summary>
    Deal = 15,

    /// <summary>Sets an amount aside for one deal.</summary>
    Pledge = 16,

    /// <summary>Gives a pledged amount back before the pledge ends by itself.</summary>
    Release = 17,

    /// <summary>Freezes or unfreezes an account.</summary>
    SetFreeze = 18,
}
