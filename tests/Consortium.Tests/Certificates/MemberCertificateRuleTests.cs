using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;
using Consortium.Ledger;
using Consortium.Ledger.Ids;

namespace Consortium.Tests.Certificates;

public sealed class MemberCertificateRuleTests : IDisposable
{
    private static readonly Dictionary<string, (MemberCertificateFault Fault, Action<Consortiums, CertificateDraft> Break)> Breaks = new(StringComparer.Ordinal)
    {
        ["no name of a silo"] = (MemberCertificateFault.NotAMemberCertificate, (_, draft) => draft.Subject = "O=Alpha Bank"),
        ["two names of silos"] = (MemberCertificateFault.NotAMemberCertificate, (_, draft) => draft.Subject = "CN=silo-1, CN=silo-2"),
        ["a silo's name that would forge a line of a log"] = (MemberCertificateFault.NotAMemberCertificate, (_, draft) => draft.Subject = "CN=\"silo\nlet in\""),
        ["no member"] = (MemberCertificateFault.NotAMemberCertificate, (_, draft) => draft.Uris.RemoveAt(0)),
        ["no network"] = (MemberCertificateFault.NotAMemberCertificate, (_, draft) => draft.Uris.RemoveAt(1)),
        ["two members"] = (MemberCertificateFault.NotAMemberCertificate, (all, draft) => draft.Uris.Add($"consortium:member:{all.Beta.Id}")),
        ["two networks"] = (MemberCertificateFault.NotAMemberCertificate, (_, draft) => draft.Uris.Add(draft.Uris[1])),
        ["a member that is mistyped"] = (MemberCertificateFault.NotAMemberCertificate, (_, draft) => draft.Uris[0] += "q"),
        ["another member as issuer"] = (MemberCertificateFault.NotAMemberCertificate, (all, draft) => draft.Issuer = $"CN={all.Beta.Id}"),
        ["another network"] = (MemberCertificateFault.WrongNetwork, (_, draft) => draft.Uris[1] = $"consortium:network:{Digest.Sha256("another"u8)}"),
        ["a stranger that issues to itself"] = (MemberCertificateFault.NotAMember, (all, draft) => Issue(draft, all.Stranger.Id, all.StrangerKey)),
        ["self-signed"] = (MemberCertificateFault.WrongSigner, (_, draft) => draft.Signer = (ECDsa)draft.Key),
        ["signed by a stranger"] = (MemberCertificateFault.WrongSigner, (all, draft) => draft.Signer = all.StrangerKey),
        ["signed by another member"] = (MemberCertificateFault.WrongSigner, (all, draft) => draft.Signer = all.BetaKey),
        ["signed over another hash"] = (MemberCertificateFault.WrongSigner, (_, draft) => draft.Hash = HashAlgorithmName.SHA384),
        ["a certification authority"] = (MemberCertificateFault.CertificateAuthority, (_, draft) => draft.IsAuthority = true),
        ["a key that may sign certificates"] = (
            MemberCertificateFault.CertificateAuthority,
            (_, draft) => draft.KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign),
        ["for servers only"] = (MemberCertificateFault.WrongUse, (_, draft) => draft.Uses.RemoveAt(1)),
        ["for clients only"] = (MemberCertificateFault.WrongUse, (_, draft) => draft.Uses.RemoveAt(0)),
        ["for no use in particular"] = (MemberCertificateFault.WrongUse, (_, draft) => draft.Uses.Clear()),
        ["a key that may not sign"] = (MemberCertificateFault.WrongUse, (_, draft) => draft.KeyUsage = X509KeyUsageFlags.KeyAgreement),
        ["a key on another curve"] = (MemberCertificateFault.WrongKey, (_, draft) => draft.Key = ECDsa.Create(ECCurve.NamedCurves.nistP384)),
        ["a key for RSA"] = (MemberCertificateFault.WrongKey, (_, draft) => draft.Key = RSA.Create(2048)),
        ["the member's own producer key"] = (MemberCertificateFault.ProducerKey, (all, draft) => draft.Key = all.AlphaKey),
        ["another member's producer key"] = (MemberCertificateFault.ProducerKey, (all, draft) => draft.Key = all.BetaKey),
        ["valid for too long"] = (
            MemberCertificateFault.ValidTooLong,
            (_, draft) => draft.NotAfter = draft.NotBefore.AddDays(MemberCertificate.DaysMax).AddSeconds(1)),
        ["not valid yet"] = (MemberCertificateFault.NotYetValid, (_, draft) => draft.NotBefore = Consortiums.Now.AddSeconds(1)),
        ["expired"] = (MemberCertificateFault.Expired, (_, draft) => draft.NotAfter = Consortiums.Now.AddSeconds(-1)),
        ["a critical extension that nobody knows"] = (
            MemberCertificateFault.Unreadable,
            (_, draft) => draft.More.Add(new X509Extension("1.2.3.4", [5, 0], critical: true))),
    };

    private readonly Consortiums _all = new();

    public static TheoryData<string> BreakNames => [.. Breaks.Keys];

    public void Dispose() => _all.Dispose();

    [Fact]
    public void What_a_member_issued_lets_its_silo_in_and_says_whose_it_is()
    {
        using var certificate = _all.Draft().Make();
        var check = Check(certificate);
        Assert.True(check.IsLetIn, check.Message);
        Assert.Equal(_all.Alpha, check.Member);
        Assert.Equal("silo-1", check.Certificate.Silo);
        Assert.Equal(Consortiums.Network, check.Certificate.Network);
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), check.Certificate.Fingerprint.ToString().ToUpperInvariant());
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), check.Certificate.NotAfter.UtcDateTime);
        Assert.Equal(certificate.NotBefore.ToUniversalTime(), check.Certificate.NotBefore.UtcDateTime);
        Assert.Contains("Alpha Bank", check.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BreakNames))]
    public void A_certificate_with_one_thing_wrong_is_refused_for_it(string name)
    {
        var draft = _all.Draft();
        Breaks[name].Break(_all, draft);
        var check = Check(draft.Der());
        Assert.False(check.IsLetIn);
        Assert.Equal(Breaks[name].Fault, check.Fault);
        Assert.NotEmpty(check.Action);
        Assert.DoesNotContain('\n', check.Message);
    }

    [Fact]
    public void A_silo_that_shows_nothing_or_something_else_is_refused()
    {
        Assert.Equal(MemberCertificateFault.Missing, MemberCertificateRule.Check(null, _all.Members, Consortiums.Network, Consortiums.Now).Fault);
        Assert.Equal(MemberCertificateFault.Unreadable, Check("no certificate"u8.ToArray()).Fault);
        var certificate = _all.Draft().Make();
        certificate.Dispose();
        Assert.Equal(MemberCertificateFault.Missing, Check(certificate).Fault);
    }

    [Fact]
    public void A_certificate_that_is_too_large_is_not_read()
    {
        var draft = _all.Draft();
        draft.More.Add(new X509Extension("1.2.3.4", new byte[MemberCertificate.BytesMax], critical: false));
        Assert.Equal(MemberCertificateFault.Unreadable, Check(draft.Der()).Fault);
    }

    [Fact]
    public void Every_fault_is_reached()
    {
        var reached = Breaks.Values.Select(row => row.Fault).Append(MemberCertificateFault.Missing);
        Assert.Equal(Enum.GetValues<MemberCertificateFault>(), reached.Distinct().Order());
    }

    [Fact]
    public void An_expelled_member_s_silo_is_refused_although_the_certificate_is_still_valid()
    {
        var der = _all.Draft().Der();
        Assert.True(Check(der).IsLetIn);
        var check = MemberCertificateRule.CheckDer(der, [_all.Beta], Consortiums.Network, Consortiums.Now);
        Assert.Equal(MemberCertificateFault.NotAMember, check.Fault);
        Assert.Contains(_all.Alpha.Id.ToString(), check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_member_changed_its_producer_key_only_the_new_one_counts()
    {
        var rotated = _all.Alpha with { ProducerKey = _all.Stranger.ProducerKey };
        var draft = _all.Draft();
        Assert.Equal(MemberCertificateFault.WrongSigner, MemberCertificateRule.CheckDer(draft.Der(), [rotated], Consortiums.Network, Consortiums.Now).Fault);
        draft.Signer = _all.StrangerKey;
        Assert.True(MemberCertificateRule.CheckDer(draft.Der(), [rotated], Consortiums.Network, Consortiums.Now).IsLetIn);
    }

    [Fact]
    public void Validity_begins_and_ends_with_the_moments_named()
    {
        var draft = _all.Draft();
        var der = draft.Der();
        Assert.True(At(draft.NotBefore).IsLetIn);
        Assert.True(At(draft.NotAfter).IsLetIn);
        Assert.Equal(MemberCertificateFault.NotYetValid, At(draft.NotBefore.AddTicks(-1)).Fault);
        Assert.Equal(MemberCertificateFault.Expired, At(draft.NotAfter.AddTicks(1)).Fault);

        MemberCertificateCheck At(DateTimeOffset now) => MemberCertificateRule.CheckDer(der, _all.Members, Consortiums.Network, now);
    }

    [Fact]
    public void A_certificate_without_a_key_usage_and_with_other_names_is_let_in()
    {
        var draft = _all.Draft();
        draft.KeyUsage = null;
        draft.Uris.Add("https://example.org/");
        draft.More.Add(new X509Extension("1.2.3.4", [5, 0], critical: false));
        Assert.True(Check(draft.Der()).IsLetIn);
    }

    private static void Issue(CertificateDraft draft, MemberId member, ECDsa key)
    {
        draft.Issuer = $"CN={member}";
        draft.Uris[0] = $"consortium:member:{member}";
        draft.Signer = key;
    }

    private MemberCertificateCheck Check(X509Certificate2 certificate) =>
        MemberCertificateRule.Check(certificate, _all.Members, Consortiums.Network, Consortiums.Now);

    private MemberCertificateCheck Check(byte[] der) =>
        MemberCertificateRule.CheckDer(der, _all.Members, Consortiums.Network, Consortiums.Now);
}
