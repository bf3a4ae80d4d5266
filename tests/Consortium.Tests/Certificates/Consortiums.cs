using System.Security.Cryptography;
using Consortium.Client.Keys;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Identifiers;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Members;
using Consortium.Ledger.Signatures;

namespace Consortium.Tests.Certificates;

/// <summary>Two members with their producer keys, and a third institution that is none.</summary>
internal sealed class Consortiums : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Digest Network = Digest.Sha256("network"u8);

    public Consortiums()
    {
        (AlphaKey, Alpha) = Make("Alpha Bank", "5299000ALPHABANK01");
        (BetaKey, Beta) = Make("Beta Bank", "5299000BETABANK001");
        (StrangerKey, Stranger) = Make("Stranger & Co", "5299000STRANGER001");
    }

    public Member Alpha { get; }

    public Member Beta { get; }

    public Member Stranger { get; }

    public ECDsa AlphaKey { get; }

    public ECDsa BetaKey { get; }

    public ECDsa StrangerKey { get; }

    public IReadOnlyCollection<Member> Members => [Alpha, Beta];

    /// <summary>A certificate as a member issues it; a test breaks one thing.</summary>
    public CertificateDraft Draft() => new(Alpha, AlphaKey, Now);

    public static SigningKey Signing(ECDsa key) => SigningKey.FromKey(ECDsa.Create(key.ExportParameters(includePrivateParameters: true)));

    public void Dispose()
    {
        AlphaKey.Dispose();
        BetaKey.Dispose();
        StrangerKey.Dispose();
    }

    private static (ECDsa Key, Member Member) Make(string name, string lei)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey));
        var full = Lei.FromParts(lei).ToString();
        return (key, new Member(Derive.Member(full), name, full, Authority.Single(publicKey), publicKey));
    }
}
