using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Files;

namespace Consortium.Api.Certificates;

/// <summary>Writes and reads silos' certificates and keys as PEM files.</summary>
public static class MemberCertificateFile
{
    /// <summary>Suffix of the file name of a certificate.</summary>
    public const string CertificateSuffix = ".crt.pem";

    /// <summary>Suffix of the file name of a key.</summary>
    public const string KeySuffix = ".key.pem";

    private const string CertificateLabel = "CERTIFICATE";

    // A certificate takes at most 8 KiB; base64 and other tools' remarks around it take no more than this.
    private const int FileBytesMax = 64 * 1024;

    /// <summary>Writes a certificate and its key to files that only their owner may read; never overwrites.</summary>
    /// <param name="folder">The folder to write to; created when it is missing.</param>
    /// <param name="issued">The certificate; its silo's name is that of the files.</param>
    /// <returns>The paths of the certificate and of the key.</returns>
    /// <exception cref="MemberCertificateException">A file exists or cannot be written; nothing is left behind.</exception>
    public static (string CertificatePath, string KeyPath) Save(string folder, IssuedCertificate issued)
    {
        ArgumentNullException.ThrowIfNull(issued);
        var certificatePath = Path.Combine(folder, issued.Certificate.Silo + CertificateSuffix);
        var keyPath = Path.Combine(folder, issued.Certificate.Silo + KeySuffix);
        RequireNew(certificatePath);
        RequireNew(keyPath);
        var hasKey = false;
        try
        {
            OwnerOnlyFile.Create(keyPath, issued.KeyPem);
            hasKey = true;
            OwnerOnlyFile.Create(certificatePath, issued.CertificatePem);
            return (certificatePath, keyPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (hasKey)
            {
                File.Delete(keyPath);
            }

            throw new MemberCertificateException(
                "certificate_not_written",
                $"The certificate could not be written to '{folder}': {exception.Message}",
                "Name a folder that you may write to and that has no files of this silo.",
                exception);
        }
    }

    /// <summary>Reads a certificate without its key, for showing it.</summary>
    /// <param name="path">A PEM file; the first certificate in it counts.</param>
    /// <returns>DER.</returns>
    /// <exception cref="MemberCertificateException">The file cannot be read or has no certificate.</exception>
    public static byte[] ReadDer(string path)
    {
        var pem = ReadText(path, isSecret: false);
        for (var rest = pem.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            if (rest[fields.Label].SequenceEqual(CertificateLabel))
            {
                return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }
        }

        throw new MemberCertificateException(
            "not_a_certificate",
            $"The file '{path}' has no PEM block '{CertificateLabel}'.",
            "Name a file made by 'consortium certificate issue', or any certificate in PEM.");
    }

    /// <summary>Reads a silo's certificate with its key, ready for TLS on every platform.</summary>
    /// <param name="certificatePath">The certificate.</param>
    /// <param name="keyPath">Its key, PKCS#8 that is not encrypted.</param>
    /// <returns>The certificate with its private key; the caller's to dispose.</returns>
    /// <exception cref="MemberCertificateException">
    /// A file cannot be read, anybody may read the key, or the two are not of a kind or do not belong together.
    /// </exception>
    public static X509Certificate2 Load(string certificatePath, string keyPath)
    {
        var certificatePem = ReadText(certificatePath, isSecret: false);
        var keyPem = ReadText(keyPath, isSecret: true);
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificatePem, keyPem);

            // Through PKCS#12, because some platforms do not let TLS use a key that only this object holds.
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new MemberCertificateException(
                "certificate_and_key_unusable",
                $"'{certificatePath}' and '{keyPath}' are not a certificate and its key in PEM: {exception.Message}",
                "Name the two files that one run of 'consortium certificate issue' made.",
                exception);
        }
    }

    // Mounted secrets are links, often readable by a group that only the silo is in: that is let pass, the rest of the world is not.
    private static bool IsOpenToAnybody(string path)
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & others) != UnixFileMode.None;
    }

    private static string ReadText(string path, bool isSecret)
    {
        try
        {
            if (isSecret && IsOpenToAnybody(path))
            {
                throw new MemberCertificateException(
                    "certificate_key_open",
                    $"The key file '{path}' may be read by every user of this machine, so others may pass for the silo.",
                    $"Run 'chmod 600 {path}'; if others use this machine, issue another certificate.");
            }

            return new FileInfo(path).Length <= FileBytesMax ? File.ReadAllText(path) : throw new IOException("It is far too large for a certificate or a key.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MemberCertificateException(
                "certificate_unreadable",
                $"The file '{path}' could not be read: {exception.Message}",
                "Check the path; 'consortium certificate issue' makes a certificate and its key.",
                exception);
        }
    }

    private static void RequireNew(string path)
    {
        if (File.Exists(path))
        {
            throw new MemberCertificateException(
                "certificate_exists",
                $"The file '{path}' exists and is not overwritten: a silo may be running with it.",
                "Name another folder with --out, or move this file away first.");
        }
    }
}
