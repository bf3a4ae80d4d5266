using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;

namespace Consortium.Tests.Certificates;

/// <summary>Every sequence of bytes gets an answer, and only certificates that the member signed are admitted.</summary>
public sealed class HostileCertificateTests : IDisposable
{
    private readonly Consortiums _all = new();
    private readonly byte[] _good;

    public HostileCertificateTests()
    {
        _good = _all.Draft().Der();
        Assert.True(IsLetIn(_good));
    }

    public void Dispose() => _all.Dispose();

    [Fact]
    public void With_any_bit_changed_it_lets_nobody_in()
    {
        for (var bit = 0; bit < _good.Length * 8; bit++)
        {
            var changed = (byte[])_good.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IsLetIn(changed), $"bit {bit}");
        }
    }

    [Fact]
    public void With_any_byte_replaced_dropped_or_doubled_it_lets_nobody_in()
    {
        for (var i = 0; i < _good.Length; i++)
        {
            foreach (var value in (byte[])[0x00, 0x7f, 0x80, 0xff])
            {
                var replaced = (byte[])_good.Clone();
                replaced[i] = value;
                Assert.True(!IsLetIn(replaced) || replaced.SequenceEqual(_good), $"byte {i} is {value}");
            }

            Assert.False(IsLetIn([.. _good[..i], .. _good[(i + 1)..]]), $"byte {i} dropped");
            Assert.False(IsLetIn([.. _good[..i], _good[i], .. _good[i..]]), $"byte {i} doubled");
        }
    }

    [Fact]
    public void Cut_short_or_with_something_after_it_it_lets_nobody_in()
    {
        for (var length = 0; length < _good.Length; length++)
        {
            Assert.False(IsLetIn(_good[..length]), $"{length} bytes");
        }

        Assert.False(IsLetIn([.. _good, 0]));
        Assert.False(IsLetIn([.. _good, .. _good]));
    }

    [Fact]
    public void With_any_part_replaced_by_any_other_it_lets_nobody_in()
    {
        var parts = Parts(_good, 0).ToArray();
        Assert.True(parts.Length > 40, "the certificate was not taken apart");
        foreach (var (offset, length) in parts)
        {
            foreach (var other in parts)
            {
                byte[] changed = [.. _good[..offset], .. _good[other.Offset..(other.Offset + other.Length)], .. _good[(offset + length)..]];
                Assert.True(!IsLetIn(changed) || changed.SequenceEqual(_good), $"{offset} replaced by {other.Offset}");
            }
        }
    }

    [Fact]
    public void With_any_bit_changed_and_signed_again_by_the_member_there_is_an_answer()
    {
        var body = Body(_good);
        var letIn = 0;
        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            var changed = (byte[])body.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var check = MemberCertificateRule.CheckDer(Sign(changed), _all.Members, Consortiums.Network, Consortiums.Now);
            Assert.True(!check.IsLetIn || check.Member == _all.Alpha, $"bit {bit}");
            letIn += check.IsLetIn ? 1 : 0;
        }

        // These bytes are the serial number, the validity and the silo's name, which a member may write differently.
        Assert.InRange(letIn, 50, body.Length * 4);
    }

    [Theory]
    [InlineData("version 2", "A003020102", "A003020101")]
    [InlineData("another algorithm than the one it is signed by", "06082A8648CE3D040302", "06082A8648CE3D040303")]
    [InlineData("an extension that stands twice", "06032A0305", "06032A0304")]
    [InlineData("a truth that is none in DER", "0101FF", "010101")]
    public void What_no_certificate_may_be_is_refused_even_if_the_member_signed_it(string what, string from, string to)
    {
        var draft = _all.Draft();
        draft.More.Add(new X509Extension("1.2.3.4", [5, 0], critical: false));
        draft.More.Add(new X509Extension("1.2.3.5", [5, 0], critical: false));
        var body = Body(draft.Der());
        Assert.True(IsLetIn(Sign(body)));
        var at = body.AsSpan().IndexOf(Convert.FromHexString(from));
        Assert.True(at > 0, what);
        Convert.FromHexString(to).CopyTo(body, at);
        Assert.Equal(
            MemberCertificateFault.Unreadable,
            MemberCertificateRule.CheckDer(Sign(body), _all.Members, Consortiums.Network, Consortiums.Now).Fault);
    }

    [Fact]
    public void A_signature_by_another_algorithm_than_it_says_does_not_count()
    {
        var body = Body(_good);
        byte[] algorithm = Convert.FromHexString("06082A8648CE3D0403");
        body[body.AsSpan().IndexOf(algorithm) + algorithm.Length] = 3;
        Assert.Equal(
            MemberCertificateFault.WrongSigner,
            MemberCertificateRule.CheckDer(Sign(body, "1.2.840.10045.4.3.3"), _all.Members, Consortiums.Network, Consortiums.Now).Fault);
    }

    [Fact]
    public void Deeply_nested_bytes_are_answered()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        for (var i = 0; i < 1_000; i++)
        {
            writer.PushSequence();
        }

        for (var i = 0; i < 1_000; i++)
        {
            writer.PopSequence();
        }

        Assert.False(IsLetIn(writer.Encode()));
    }

    private static byte[] Body(byte[] der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        return reader.ReadSequence().ReadEncodedValue().ToArray();
    }

    // Every tag-length-value, also those inside constructed ones.
    private static IEnumerable<(int Offset, int Length)> Parts(byte[] der, int from)
    {
        for (var offset = from; offset < der.Length;)
        {
            var tag = AsnDecoder.ReadEncodedValue(der.AsSpan(offset), AsnEncodingRules.DER, out var content, out var contentLength, out var length);
            yield return (offset, length);
            if (tag.IsConstructed)
            {
                foreach (var inner in Parts(der[..(offset + content + contentLength)], offset + content))
                {
                    yield return inner;
                }
            }

            offset += length;
        }
    }

    // Encoded by hand, because the content need not be well formed.
    private static byte[] Sequence(byte[] content)
    {
        Assert.InRange(content.Length, 256, 65_535);
        return [0x30, 0x82, (byte)(content.Length >> 8), (byte)(content.Length & 0xff), .. content];
    }

    private byte[] Sign(byte[] body, string algorithmId = "1.2.840.10045.4.3.2")
    {
        var algorithm = new AsnWriter(AsnEncodingRules.DER);
        using (algorithm.PushSequence())
        {
            algorithm.WriteObjectIdentifier(algorithmId);
        }

        var signature = new AsnWriter(AsnEncodingRules.DER);
        signature.WriteBitString(_all.AlphaKey.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        return Sequence([.. body, .. algorithm.Encode(), .. signature.Encode()]);
    }

    private bool IsLetIn(byte[] der) => MemberCertificateRule.CheckDer(der, _all.Members, Consortiums.Network, Consortiums.Now).IsLetIn;
}
