using System.Buffers;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;

namespace Consortium.Api.Certificates;

/// <summary>The content of a silo's certificate, read but not yet verified.</summary>
/// <remarks>
/// <para>
/// An X.509 version 3 certificate (RFC 5280) of a P-256 key that is the silo's own. The subject's common name is the silo's,
/// the issuer's is the member's id, and two URIs among the subject's alternative names say which member and which network:
/// <c>consortium:member:mem1…</c> and <c>consortium:network:</c> with 64 hexadecimal digits. It is signed with the member's
/// producer key, which the governance state names; so the ledger's members are the only authorities, and no other is asked.
/// </para>
/// <para><see cref="MemberCertificateRule"/> decides whether it admits the silo.</para>
/// </remarks>
public sealed class MemberCertificate
{
    /// <summary>Days that a certificate is valid for unless its member says otherwise.</summary>
    public const int DaysDefault = 90;

    /// <summary>Days that a certificate may be valid for, as public authorities were bound to until 2026 (CA/Browser Forum SC-031).</summary>
    public const int DaysMax = 398;

    /// <summary>Bytes of a certificate; one of a silo takes about 700, and nobody is made to read more.</summary>
    public const int BytesMax = 8 * 1024;

    /// <summary>Characters of a silo's name: what a common name holds (RFC 5280 appendix A, ub-common-name).</summary>
    public const int SiloNameLengthMax = 64;

    /// <summary>Prefix of the URI that names the member.</summary>
    public const string MemberUri = "consortium:member:";

    /// <summary>Prefix of the URI that names the network.</summary>
    public const string NetworkUri = "consortium:network:";

    private static readonly SearchValues<char> SiloNameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private readonly CertificateFields _fields;

    private MemberCertificate(CertificateFields fields, string silo, MemberId member, Digest network, Digest fingerprint)
    {
        _fields = fields;
        Silo = silo;
        Member = member;
        Network = network;
        Fingerprint = fingerprint;
        Key = P256Encoding.TryFromSpki(fields.SubjectKey.Span, out var key) && PublicKey.TryRead(key, out var publicKey) ? publicKey : null;
    }

    /// <summary>The silo's name: letters, digits, '-', '.' and '_'.</summary>
    public string Silo { get; }

    /// <summary>The member that is said to have issued it.</summary>
    public MemberId Member { get; }

    /// <summary>The network that it is for.</summary>
    public Digest Network { get; }

    /// <summary>The silo's key, or <see langword="null"/> when it is not on P-256.</summary>
    public PublicKey? Key { get; }

    /// <summary>The first moment of its validity, UTC.</summary>
    public DateTimeOffset NotBefore => _fields.NotBefore;

    /// <summary>The last moment of its validity, UTC, inclusive.</summary>
    public DateTimeOffset NotAfter => _fields.NotAfter;

    /// <summary>SHA-256 of the certificate, as other tools show it.</summary>
    public Digest Fingerprint { get; }

    /// <summary>Whether the certificate may sign other certificates.</summary>
    internal bool IsAuthority => _fields.IsAuthority;

    /// <summary>Whether the certificate is for both ends of a connection.</summary>
    internal bool IsForBothEnds => _fields is { ForServers: true, ForClients: true, ForSigning: true };

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">DER; anything may be passed.</param>
    /// <param name="certificate">The content of the certificate, or <see langword="null"/> when it is not a member certificate.</param>
    /// <returns>
    /// <see langword="null"/>, <see cref="MemberCertificateFault.Unreadable"/> or <see cref="MemberCertificateFault.NotAMemberCertificate"/>.
    /// </returns>
    public static MemberCertificateFault? TryRead(ReadOnlyMemory<byte> der, out MemberCertificate? certificate)
    {
        certificate = null;
        if (der.Length > BytesMax || !CertificateReader.TryRead(der, out var fields))
        {
            return MemberCertificateFault.Unreadable;
        }

        // The issuer is a common name only, so it says the same as the URI or nothing that could be believed.
        if (!IsSiloName(fields.Subject)
            || !MemberId.TryParse(Only(fields.Uris, MemberUri), out var member)
            || !Digest.TryParseHex(Only(fields.Uris, NetworkUri), out var network)
            || fields.Issuer != member.ToString())
        {
            return MemberCertificateFault.NotAMemberCertificate;
        }

        certificate = new MemberCertificate(fields, fields.Subject!, member, network, Digest.Sha256(der.Span));
        return null;
    }

    /// <summary>Whether a text may be a silo's name; such a name is safe in a file's name and in a log.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is 1 to <see cref="SiloNameLengthMax"/> letters, digits, '-', '.' and '_', the first a letter or digit.</returns>
    public static bool IsSiloName(string? text) =>
        text is { Length: > 0 and <= SiloNameLengthMax }
        && char.IsAsciiLetterOrDigit(text[0])
        && !text.AsSpan().ContainsAnyExcept(SiloNameCharacters);

    /// <summary>Whole days until the certificate expires; negative after that.</summary>
    /// <param name="now">The present.</param>
    /// <returns>Days, rounded down.</returns>
    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((NotAfter - now).TotalDays);

    /// <summary>Whether the signature verifies under a key.</summary>
    /// <param name="key">The member's producer key.</param>
    /// <returns>Whether that key signed exactly what was read.</returns>
    internal bool IsSignedBy(PublicKey key) => P256.Verify(key.ToArray(), _fields.Signed.Span, _fields.Signature.Span);

    private static string? Only(IReadOnlyList<string> uris, string prefix)
    {
        string? found = null;
        foreach (var uri in uris)
        {
            if (!uri.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = uri[prefix.Length..];
        }

        return found;
    }
}
