using Consortium.Client.Keys;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Members;

namespace Consortium.Gateway.Networks;

/// <summary>The part of a data folder that says which network this is and which members seal here.</summary>
/// <remarks><c>genesis.bin</c> is the network; <c>keys/NAME.producer.pem</c> are producer keys of members that seal on this machine.</remarks>
/// <param name="path">The data folder.</param>
public sealed class NetworkFolder(string path)
{
    /// <summary>What the file of a producer key ends with.</summary>
    public const string ProducerSuffix = ".producer.pem";

    /// <summary>The file of the genesis.</summary>
    public string GenesisPath => Path.Combine(path, "genesis.bin");

    /// <summary>The folder of the keys.</summary>
    public string KeysPath => Path.Combine(path, "keys");

    /// <summary>Whether the folder has a network.</summary>
    public bool HasNetwork => File.Exists(GenesisPath);

    /// <summary>Reads the genesis.</summary>
    /// <returns>The genesis.</returns>
    /// <exception cref="StorageException">There is none, or it cannot be used.</exception>
    public Genesis ReadGenesis()
    {
        if (!HasNetwork)
        {
            throw new StorageException(
                $"The data folder {Path.GetFullPath(path)} holds no network: there is no genesis.bin in it. Start with --demo to make one, put the network's genesis.bin there, or name another folder with --data.");
        }

        try
        {
            var fault = Genesis.TryRead(File.ReadAllBytes(GenesisPath), out var genesis);
            return genesis ?? throw new StorageException(
                $"{GenesisPath} cannot be used: {fault} Copy it again from another member; nothing was changed.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{GenesisPath} cannot be read: {exception.Message} Check its permissions.", exception);
        }
    }

    /// <summary>Reads the producer keys.</summary>
    /// <param name="genesis">The genesis, which names the members.</param>
    /// <returns>Members with their keys; empty when no member seals here.</returns>
    /// <exception cref="StorageException">A key belongs to no member.</exception>
    /// <exception cref="KeyFileException">A key cannot be read.</exception>
    public IReadOnlyList<(Member Member, SigningKey Key)> ReadProducers(Genesis genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        if (!Directory.Exists(KeysPath))
        {
            return [];
        }

        // Opening a key is slow on purpose; several are opened side by side.
        return [.. Directory
            .EnumerateFiles(KeysPath, "*" + ProducerSuffix)
            .Order(StringComparer.Ordinal)
            .AsParallel()
            .AsOrdered()
            .Select(file => ReadProducer(genesis, file))];
    }

    private static (Member Member, SigningKey Key) ReadProducer(Genesis genesis, string file)
    {
        var password = KeyPassword.Find(file, passwordFile: null, Environment.GetEnvironmentVariable) ?? throw new StorageException(
            $"The producer key {file} needs its password: set {KeyPassword.Variable}, or put it in a file named '{KeyPassword.FileName}' beside the key.");
        var key = KeyFile.Load(file, password);
        var member = genesis.Members.FirstOrDefault(candidate => candidate.ProducerKey == key.PublicKey);
        return member is not null ? (member, key) : throw new StorageException(
            $"The producer key {file} belongs to no member of the network in genesis.bin. Remove it, or put the right genesis there.");
    }
}
