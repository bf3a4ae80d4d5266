using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;

namespace Consortium.Gateway.Hosting;

/// <summary>The keys that sign sealed headers here, by member.</summary>
internal sealed class ProducerKeys : IDisposable
{
    private readonly Dictionary<MemberId, ECDsa> _byMember = [];

    private ProducerKeys()
    {
    }

    public IReadOnlyDictionary<MemberId, ECDsa> ByMember => _byMember;

    /// <summary>Reads the PEM files of the folder that hold a member's producer key; other keys are passed over.</summary>
    /// <exception cref="StorageException">A file cannot be read, or no member's key is there.</exception>
    public static ProducerKeys Read(GatewayOptions options, string dataFolder, Genesis genesis)
    {
        var folder = options.Keys ?? Path.Combine(dataFolder, "keys");
        var keys = new ProducerKeys();
        try
        {
            string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.pem") : [];
            foreach (var path in paths.Order(StringComparer.Ordinal))
            {
                keys.Add(path, options.KeyPassword, genesis);
            }

            return keys._byMember.Count > 0
                ? keys
                : throw new StorageException(
                    $"No file *.pem in '{folder}' has the producer key of a member: nobody would seal blocks. Put one there, or give its folder with --keys DIR.");
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var key in _byMember.Values)
        {
            key.Dispose();
        }
    }

    private void Add(string path, string? password, Genesis genesis)
    {
        var key = ECDsa.Create();
        try
        {
            var pem = File.ReadAllText(path);
            if (pem.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
            {
                key.ImportFromEncryptedPem(pem, password ?? string.Empty);
            }
            else
            {
                key.ImportFromPem(pem);
            }

            if (PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey)
                && genesis.Members.FirstOrDefault(member => member.ProducerKey == publicKey) is { } found
                && _byMember.TryAdd(found.Id, key))
            {
                return;
            }

            key.Dispose();
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new StorageException(
                $"The key '{path}' cannot be read: {exception.Message} An encrypted key needs its password in CONSORTIUM_KEY_PASSWORD.",
                exception);
        }
    }
}
