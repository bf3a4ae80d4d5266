using System.Security.Cryptography;
using Consortium.Api.Files;

namespace Consortium.Client.Keys;

/// <summary>Keeps P-256 keys in encrypted PKCS#8 PEM files that only their owner may read.</summary>
/// <remarks>
/// Encrypted by PBES2 with AES-256-CBC under PBKDF2-SHA256 (RFC 8018). Opening a file takes a few tenths of a second of one
/// core on purpose: so does every guess of the password. <c>openssl pkey -in FILE</c> reads the same files.
/// </remarks>
public static class KeyFile
{
    /// <summary>PBKDF2 iterations, as OWASP advised for SHA-256 in 2023.</summary>
    public const int Iterations = 600_000;

    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    // A P-256 key takes about 400 bytes: a far larger file is no such key and is not read.
    private const int FileBytesMax = 64 * 1024;

    private static readonly PbeParameters Encryption =
        new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);

    /// <summary>Makes a new key and writes it to a file.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="password">Not empty.</param>
    /// <returns>The key.</returns>
    /// <exception cref="KeyFileException">The file exists or cannot be written, or the password is empty.</exception>
    public static SigningKey Create(string path, string password)
    {
        var key = SigningKey.Generate();
        try
        {
            Save(path, key, password);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Writes a key to a file; never overwrites one.</summary>
    /// <param name="path">A file that does not exist yet; its folder is made when it is missing.</param>
    /// <param name="key">The key.</param>
    /// <param name="password">Not empty.</param>
    /// <exception cref="KeyFileException">The file exists or cannot be written, or the password is empty.</exception>
    public static void Save(string path, SigningKey key, string password)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (string.IsNullOrEmpty(password))
        {
            throw new KeyFileException(
                "password_empty",
                "The password is empty, so the key would lie open.",
                "Choose a password of at least one character.");
        }

        if (File.Exists(path))
        {
            throw Exists(path, inner: null);
        }

        try
        {
            OwnerOnlyFile.Create(path, key.ToEncryptedPem(password, Encryption) + "\n");
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw Exists(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                "key_file_not_written",
                $"The key file '{path}' could not be written: {exception.Message}",
                "Name a folder that exists and that you may write to.",
                exception);
        }
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">The password.</param>
    /// <returns>The key.</returns>
    /// <exception cref="KeyFileException">
    /// In this order: the file cannot be read, it is no encrypted key, the password does not open it, the key is not on P-256.
    /// </exception>
    public static SigningKey Load(string path, string password)
    {
        var pem = ReadPem(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromEncryptedPem(pem, password);
            return SigningKey.FromKey(key);
        }
        catch (CryptographicException exception)
        {
            key.Dispose();
            throw IsRsa(pem, password) ? NotP256(path, exception) : new KeyFileException(
                "password_wrong",
                $"The password does not open the key file '{path}', or the file is damaged.",
                "Check which password belongs to this file; there is no way to recover a lost one.",
                exception);
        }
        catch (ArgumentException exception)
        {
            key.Dispose();
            throw NotP256(path, exception);
        }
    }

    private static string ReadPem(string path)
    {
        string pem;
        try
        {
            if (new FileInfo(path).Length > FileBytesMax)
            {
                throw NotAKey(path, "it is too large for one");
            }

            pem = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                "key_file_unreadable",
                $"The key file '{path}' could not be read: {exception.Message}",
                "Check the path; 'consortium keys new FILE' makes a key.",
                exception);
        }

        if (!PemEncoding.TryFind(pem, out var fields))
        {
            throw NotAKey(path, "it has no PEM block");
        }

        var label = pem[fields.Label];
        return label switch
        {
            EncryptedLabel => pem,
            "PRIVATE KEY" or "EC PRIVATE KEY" => throw new KeyFileException(
                "key_not_encrypted",
                $"The key file '{path}' holds a private key that is not encrypted.",
                $"Encrypt it: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -iter {Iterations} -in FILE -out NEW."),
            _ => throw NotAKey(path, $"its PEM block is a '{label}'"),
        };
    }

    private static bool IsRsa(string pem, string password)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromEncryptedPem(pem, password);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static KeyFileException Exists(string path, Exception? inner) => new(
        "key_file_exists",
        $"The file '{path}' exists and is not overwritten: a key that is lost cannot sign again.",
        "Name another file, or move this one away first.",
        inner);

    private static KeyFileException NotAKey(string path, string why) => new(
        "not_a_key",
        $"The file '{path}' is not a key file: {why}.",
        "Name a file made by 'consortium keys new', or any P-256 key in encrypted PKCS#8 PEM.");

    private static KeyFileException NotP256(string path, Exception inner) => new(
        "not_p256",
        $"The key in '{path}' is not on the curve P-256, which is the only one that the ledger takes.",
        "Make a key with 'consortium keys new FILE'.",
        inner);
}
