using Consortium.Ledger.Encoding;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Accounts;

/// <summary>An account: owned by a party, kept by a member, and moved by its authority.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Custodian">The member that opened it and may freeze it.</param>
/// <param name="Owner">The beneficial owner.</param>
/// <param name="Authority">The keys that sign for the account; on an issuance account those of the issuer, for information only.</param>
/// <param name="RotatedKeys">Keys that were replaced, latest last, at most 16.</param>
/// <param name="Frozen">Neither gives nor receives.</param>
/// <param name="ConsentRequired">Whether the account receives only what its authority signs for.</param>
/// <param name="Issues">The asset whose issuance account this is, or <see langword="default"/>.</param>
public sealed record Account(
    AccountId Id,
    MemberId Custodian,
    PartyId Owner,
    Authority Authority,
    IReadOnlyList<PublicKey> RotatedKeys,
    bool Frozen,
    bool ConsentRequired,
    AssetId Issues) : StateValue
{
    /// <summary>Whether this is an asset's issuance account.</summary>
    public bool IsIssuanceAccount => !Issues.IsDefault;

    /// <summary>Reads canonical bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The account, or <see langword="null"/>.</returns>
    public static Account? Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var account = new Account(
            new AccountId(reader.Digest()),
            new MemberId(reader.Digest()),
            new PartyId(reader.Digest()),
            Authority.Read(ref reader),
            Authority.ReadKeys(ref reader, LedgerLimits.RotatedKeysMax),
            reader.Flag(),
            reader.Flag(),
            new AssetId(reader.Digest()));
        return reader.Succeeded ? account : null;
    }

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        var writer = new CanonicalWriter(stackalloc byte[512]);
        writer.Digest(Id.Digest);
        writer.Digest(Custodian.Digest);
        writer.Digest(Owner.Digest);
        Authority.Write(ref writer);
        Authority.WriteKeys(ref writer, RotatedKeys);
        writer.Flag(Frozen);
        writer.Flag(ConsentRequired);
        writer.Digest(Issues.Digest);
        return writer.ToArray();
    }
}
