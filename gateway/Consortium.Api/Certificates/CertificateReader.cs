using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Consortium.Ledger.Signatures;

namespace Consortium.Api.Certificates;

/// <summary>Reads X.509 certificates (RFC 5280 section 4.1) that anybody may have made.</summary>
/// <remarks>
/// Reads DER and nothing but DER, so that what is checked here is what was signed. Not the platform's reader: that one does not
/// give out the signed bytes, takes BER, and asks authorities that have no say here.
/// </remarks>
internal static class CertificateReader
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string CommonName = "2.5.4.3";
    private const string KeyUsage = "2.5.29.15";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string BasicConstraints = "2.5.29.19";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const int DigitalSignatureBit = 0;
    private const int KeyCertSignBit = 5;
    private const int Version3 = 2;

    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3);
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">Anything.</param>
    /// <param name="fields">The content of the certificate, or <see langword="null"/>.</param>
    /// <returns>Whether it is one certificate and nothing else.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out CertificateFields? fields)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER);
            fields = Read(reader.ReadSequence());
            reader.ThrowIfNotEmpty();
            return true;
        }
        catch (AsnContentException)
        {
            fields = null;
            return false;
        }
    }

    private static CertificateFields Read(AsnReader certificate)
    {
        var signed = certificate.PeekEncodedValue();
        var body = certificate.ReadSequence();
        var algorithm = certificate.ReadEncodedValue();
        var signature = certificate.ReadBitString(out var unusedBits);
        certificate.ThrowIfNotEmpty();

        var version = body.ReadSequence(VersionTag);
        Require(version.TryReadInt32(out var number) && number == Version3, "It is not of version 3.");
        version.ThrowIfNotEmpty();
        body.ReadIntegerBytes();
        Require(body.ReadEncodedValue().Span.SequenceEqual(algorithm.Span), "It names two algorithms.");
        var issuer = ReadCommonName(body);
        var validity = body.ReadSequence();
        var (notBefore, notAfter) = (ReadTime(validity), ReadTime(validity));
        validity.ThrowIfNotEmpty();
        var fields = new CertificateFields
        {
            Signed = signed,
            Signature = unusedBits == 0 && IsEcdsaWithSha256(algorithm) && P256Encoding.TryFromDer(signature, out var numbers) ? numbers : default,
            Issuer = issuer,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Subject = ReadCommonName(body),
            SubjectKey = ReadKey(body),
        };

        // Unique identifiers, which RFC 5280 forbids, would stand here and are refused with whatever else may.
        if (body.HasData)
        {
            var extensions = body.ReadSequence(ExtensionsTag);
            ReadExtensions(extensions.ReadSequence(), fields);
            extensions.ThrowIfNotEmpty();
        }

        body.ThrowIfNotEmpty();
        return fields;
    }

    private static bool IsEcdsaWithSha256(ReadOnlyMemory<byte> algorithm)
    {
        var identifier = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence();
        return identifier.ReadObjectIdentifier() == EcdsaWithSha256 && !identifier.HasData;
    }

    private static ReadOnlyMemory<byte> ReadKey(AsnReader body)
    {
        var key = body.PeekEncodedValue();
        body.ReadSequence();
        return key;
    }

    private static string? ReadCommonName(AsnReader body)
    {
        var found = new List<string?>();
        var name = body.ReadSequence();
        while (name.HasData)
        {
            var parts = name.ReadSetOf();
            while (parts.HasData)
            {
                var part = parts.ReadSequence();
                if (part.ReadObjectIdentifier() == CommonName)
                {
                    found.Add(ReadText(part));
                }
            }
        }

        return found is [var only] ? only : null;
    }

    private static string? ReadText(AsnReader part)
    {
        var tag = part.PeekTag();
        return tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            ? part.ReadCharacterString((UniversalTagNumber)tag.TagValue)
            : null;
    }

    private static DateTimeOffset ReadTime(AsnReader validity) =>
        validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? validity.ReadUtcTime() : validity.ReadGeneralizedTime();

    private static void ReadExtensions(AsnReader extensions, CertificateFields fields)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var name = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
            extension.ThrowIfNotEmpty();
            Require(seen.Add(name), "An extension stands twice.");
            if (TryReadExtension(name, value, fields))
            {
                value.ThrowIfNotEmpty();
            }
            else
            {
                Require(!isCritical, "A critical extension is not known.");
            }
        }
    }

    private static bool TryReadExtension(string name, AsnReader value, CertificateFields fields)
    {
        switch (name)
        {
            case BasicConstraints:
                var constraints = value.ReadSequence();
                fields.IsAuthority |= constraints.HasData
                    && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)
                    && constraints.ReadBoolean();
                return true;
            case KeyUsage:
                var bits = value.ReadNamedBitList();
                fields.ForSigning = bits.Length > DigitalSignatureBit && bits[DigitalSignatureBit];
                fields.IsAuthority |= bits.Length > KeyCertSignBit && bits[KeyCertSignBit];
                return true;
            case ExtendedKeyUsage:
                ReadUses(value.ReadSequence(), fields);
                return true;
            case SubjectAlternativeName:
                fields.Uris = ReadUris(value.ReadSequence());
                return true;
            default:
                return false;
        }
    }

    private static void ReadUses(AsnReader uses, CertificateFields fields)
    {
        while (uses.HasData)
        {
            var use = uses.ReadObjectIdentifier();
            fields.ForServers |= use == ServerAuth;
            fields.ForClients |= use == ClientAuth;
        }
    }

    private static List<string> ReadUris(AsnReader names)
    {
        var uris = new List<string>();
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(UriTag))
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }

        return uris;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new AsnContentException(message);
        }
    }
}
