using System.Security.Cryptography;

namespace Consortium.Ledger.Ids;

/// <summary>Derives ids from content: SHA-256 over a domain tag, a zero byte and the content (SPEC.md section 2).</summary>
public static class Derive
{
    /// <summary>The network's id, from its encoded genesis.</summary>
    /// <param name="genesis">Canonical bytes of <see cref="Wire.Genesis"/>.</param>
    /// <returns>The id that every payload carries.</returns>
    public static Digest Network(ReadOnlySpan<byte> genesis) => Tagged("consortium/network/v1"u8, genesis);

    /// <summary>A transaction's id.</summary>
    /// <param name="payload">The payload as it was sent.</param>
    /// <returns>SHA-256 of the payload, untagged, so that any tool computes it.</returns>
    public static TransactionId Transaction(ReadOnlySpan<byte> payload) => new(Digest.Sha256(payload));

    /// <summary>The id of the account that a body opens.</summary>
    /// <param name="body">Canonical bytes of <see cref="Wire.OpenAccount"/>.</param>
    /// <returns>The id; the same body always opens the same account, so opening twice is harmless.</returns>
    public static AccountId Account(ReadOnlySpan<byte> body) => new(Tagged("consortium/account/v1"u8, body));

    /// <summary>The id of an asset.</summary>
    /// <param name="definition">Canonical bytes of <see cref="Wire.AssetDefinition"/>.</param>
    /// <returns>The id.</returns>
    public static AssetId Asset(ReadOnlySpan<byte> definition) => new(Tagged("consortium/asset/v1"u8, definition));

    /// <summary>The issuance account of an asset, whose negative holding is the amount outstanding.</summary>
    /// <param name="asset">The asset.</param>
    /// <returns>The id.</returns>
    public static AccountId IssuanceAccount(AssetId asset)
    {
        Span<byte> content = stackalloc byte[Digest.Size];
        asset.Digest.CopyTo(content);
        return new AccountId(Tagged("consortium/issuance/v1"u8, content));
    }

    /// <summary>A member's id.</summary>
    /// <param name="lei">The member's LEI (ISO 17442).</param>
    /// <returns>The id.</returns>
    public static MemberId Member(string lei) => new(Tagged("consortium/member/v1"u8, System.Text.Encoding.ASCII.GetBytes(lei)));

    /// <summary>A member seen as a beneficial owner.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The party with the same bytes.</returns>
    public static PartyId Party(MemberId member) => new(member.Digest);

    /// <summary>A member's customer seen as a beneficial owner.</summary>
    /// <param name="member">The member that vouches for the customer.</param>
    /// <param name="reference">The member's own reference for the customer; it stays off the ledger.</param>
    /// <returns>The id.</returns>
    public static PartyId Party(MemberId member, string reference)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(reference);
        var content = new byte[Digest.Size + text.Length];
        member.Digest.CopyTo(content);
        text.CopyTo(content, Digest.Size);
        return new PartyId(Tagged("consortium/party/v1"u8, content));
    }

    private static Digest Tagged(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(tag);
        hash.AppendData([0]);
        hash.AppendData(content);
        Span<byte> digest = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(digest);
        return Digest.FromBytes(digest);
    }
}
