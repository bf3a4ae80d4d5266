using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;

namespace Consortium.Api;

/// <summary>Ids for examples; nothing on any ledger has them.</summary>
internal static class Examples
{
    public static AccountId Account { get; } = new(Digest.Sha256("example account"u8));

    public static AccountId OtherAccount { get; } = new(Digest.Sha256("another example account"u8));

    public static AssetId Asset { get; } = new(Digest.Sha256("example asset"u8));

    public static MemberId Member { get; } = Derive.Member("5493001KJTIIGC8Y1R12");

    public static TransactionId Transaction { get; } = new(Digest.Sha256("example transaction"u8));

    public static Instrument Use { get; } = new(Asset, Right.Use, 1_767_225_600_000, 1_798_761_600_000);

    public static PublicKey Key { get; } = new(Digest.Sha256("example x"u8), Digest.Sha256("example y"u8));
}
