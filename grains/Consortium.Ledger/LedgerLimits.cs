namespace Consortium.Ledger;

/// <summary>Bounds that every member applies alike; changing one is a protocol change.</summary>
public static class LedgerLimits
{
    /// <summary>Bytes of an encoded payload: a deal of 256 legs fits with room for its reference.</summary>
    public const int PayloadBytesMax = 64 * 1024;

    /// <summary>Signatures on one transaction: sixteen accounts with four signers each.</summary>
    public const int SignaturesMax = 64;

    /// <summary>Legs of one deal: bounds the holdings that the sequencer and every verifier must read for one transaction.</summary>
    public const int DealLegsMax = 256;

    /// <summary>Keys of one authority.</summary>
    public const int AuthorityKeysMax = 16;

    /// <summary>Replaced keys that an account remembers, to tell their holders so.</summary>
    public const int RotatedKeysMax = 16;

    /// <summary>Pledges on one holding at a time.</summary>
    public const int PledgesMax = 16;

    /// <summary>Lots of one holding; beyond it the oldest days are kept as one. Bounds a holding at about 8 KiB.</summary>
    public const int LotsMax = 366;

    /// <summary>Decimals of an asset, as in ISO 20022 amounts.</summary>
    public const int DecimalsMax = 18;

    /// <summary>Bytes of an asset's name.</summary>
    public const int NameBytesMax = 100;

    /// <summary>Bytes of a deal's reference or a freeze's reason: ISO 20022's Max140Text.</summary>
    public const int TextBytesMax = 140;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytesMax = 32;

    /// <summary>Shards of each class of a network's state.</summary>
    public const int ShardsMax = 4096;

    /// <summary>Members in a genesis.</summary>
    public const int MembersMax = 256;

    /// <summary>
    /// Units of one asset that may ever be authorised, 2^96 - 1: quantity times second of day then fits 128 bits, and so
    /// does every sum over all holdings.
    /// </summary>
    public static readonly UInt128 AuthorisedMax = (UInt128.One << 96) - 1;
}
