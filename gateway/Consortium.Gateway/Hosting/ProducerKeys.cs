using Consortium.Client.Keys;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;

namespace Consortium.Gateway.Hosting;

/// <summary>The keys that sign sealed headers here, by member.</summary>
public sealed class ProducerKeys : IDisposable
{
    /// <summary>Suffix of the file name of a producer key; other keys in the folder are not opened.</summary>
    public const string FileSuffix = ".producer.pem";

    private readonly Dictionary<MemberId, SigningKey> _byMember = [];
    private readonly List<SigningKey> _keys = [];

    private ProducerKeys()
    {
    }

    /// <summary>The keys.</summary>
    public IReadOnlyDictionary<MemberId, SigningKey> ByMember => _byMember;

    /// <summary>Reads the files that end with <see cref="FileSuffix"/>.</summary>
    /// <param name="options">The folder of the keys, and their password.</param>
    /// <param name="dataFolder">The data folder, in which keys are by default.</param>
    /// <param name="genesis">The genesis, whose members the keys belong to.</param>
    /// <returns>The keys; disposing forgets them.</returns>
    /// <exception cref="StorageException">A file cannot be read or belongs to no member, or there is none.</exception>
    public static ProducerKeys Read(GatewayOptions options, string dataFolder, Genesis genesis)
    {
        var folder = options.Keys ?? Path.Combine(dataFolder, "keys");
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + FileSuffix) : [];
        if (paths.Length == 0)
        {
            throw new StorageException(
                $"No file *{FileSuffix} is in '{folder}': nobody would seal blocks. Put a member's producer key there, or give its folder with --keys DIR.");
        }

        var keys = new ProducerKeys();
        try
        {
            // Opening an encrypted key is slow on purpose; several are opened side by side.
            var loaded = paths.AsParallel().Select(path => (Path: path, Key: Load(path, options.KeyPassword))).ToList();
            keys._keys.AddRange(loaded.Select(file => file.Key));
            foreach (var (path, key) in loaded)
            {
                keys._byMember[MemberOf(key, path, genesis)] = key;
            }

            return keys;
        }
        catch (AggregateException exception) when (exception.InnerException is KeyFileException fault)
        {
            keys.Dispose();
            throw new StorageException($"{fault.Message} {fault.Action}", fault);
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _keys.ForEach(key => key.Dispose());

    private static SigningKey Load(string path, string? password) =>
        KeyFile.Load(path, password ?? KeyPassword.Find(path, passwordFile: null, Environment.GetEnvironmentVariable) ?? string.Empty);

    private static MemberId MemberOf(SigningKey key, string path, Genesis genesis) =>
        genesis.Members.FirstOrDefault(member => member.ProducerKey == key.PublicKey)?.Id ?? throw new StorageException(
            $"The producer key '{path}' belongs to no member of network {genesis.Network}. Remove it, or start with the genesis that names it.");
}
