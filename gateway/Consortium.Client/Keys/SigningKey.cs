using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Ledger.Signatures;
using PublicKey = Consortium.Ledger.Signatures.PublicKey;

namespace Consortium.Client.Keys;

/// <summary>A P-256 key pair that signs.</summary>
/// <remarks>Signing may be done by one thread at a time. Disposing forgets the private part.</remarks>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key, PublicKey publicKey)
    {
        _key = key;
        PublicKey = publicKey;
    }

    /// <summary>The public part.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Makes a new key pair.</summary>
    /// <returns>The pair.</returns>
    public static SigningKey Generate() => FromKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Wraps a key pair and disposes it at the end.</summary>
    /// <param name="key">A key on P-256 with its private part; owned by the result.</param>
    /// <returns>The pair.</returns>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public static SigningKey FromKey(ECDsa key) => PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey)
        ? new SigningKey(key, publicKey)
        : throw new ArgumentException("The key is not on the curve P-256.", nameof(key));

    /// <summary>Signs a payload.</summary>
    /// <param name="payload">The bytes as they will be sent.</param>
    /// <returns>r then s, 64 bytes, s in the lower half.</returns>
    public byte[] Sign(ReadOnlySpan<byte> payload) => P256.Sign(_key, payload);

    /// <summary>Writes the public part as SubjectPublicKeyInfo in PEM, which OpenSSL reads.</summary>
    /// <returns>SubjectPublicKeyInfo in PEM (RFC 7468).</returns>
    public string ToPublicPem() => PemEncoding.WriteString("PUBLIC KEY", P256Encoding.ToSpki(PublicKey.ToArray()));

    /// <summary>Writes the pair as encrypted PKCS#8.</summary>
    /// <param name="password">The password.</param>
    /// <param name="parameters">The algorithm and iterations of the encryption.</param>
    /// <returns>PEM.</returns>
    internal string ToEncryptedPem(string password, PbeParameters parameters) =>
        _key.ExportEncryptedPkcs8PrivateKeyPem(password, parameters);

    /// <summary>A generator of signatures by this key, for issuing certificates.</summary>
    /// <returns>Signs by ECDSA; usable until the key is disposed.</returns>
    internal X509SignatureGenerator CreateCertificateSigner() => X509SignatureGenerator.CreateForECDsa(_key);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
