using Consortium.Consensus.Ports;
using Consortium.Gateway.Demo;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Members;

namespace Consortium.Silo.Hosting;

/// <summary>Finds out which network a process serves, and for whom.</summary>
internal static class SiloNetwork
{
    /// <summary>Path at which the genesis is expected; there need not be a file.</summary>
    public static string GenesisPath(SiloOptions options) => options.Gateway.Genesis ?? Path.Combine(options.Gateway.Data, "genesis.bin");

    /// <summary>Reads the genesis from its file or, when that is not there, from the journal.</summary>
    /// <exception cref="StorageException">There is no genesis, or it cannot be used.</exception>
    public static async Task<Genesis> ReadGenesisAsync(
        SiloOptions options,
        IJournal journal,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var path = GenesisPath(options);

        // A ledger that exists has its genesis in its journal.
        if ((options.DemoNetwork || options.Gateway.Demo) && !File.Exists(path) && await journal.ReadHeadAsync(cancellationToken) is null)
        {
            MakeDemoNetwork(Path.GetDirectoryName(Path.GetFullPath(path))!, timeProvider);
        }

        ReadOnlyMemory<byte> bytes = default;
        if (File.Exists(path))
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        else
        {
            await foreach (var entry in journal.ReadAsync(0, 0, cancellationToken))
            {
                bytes = entry.Bytes;
            }
        }

        if (bytes.IsEmpty)
        {
            throw new StorageException(
                $"The storage has no ledger yet and '{path}' is not there. Start with --demo for a consortium of five on this machine, or give the members' genesis with --genesis FILE, or import a chain with 'consortium import FILE'.");
        }

        var fault = Genesis.TryRead(bytes, out var genesis);
        return genesis ?? throw new StorageException($"The genesis cannot be used: {fault}");
    }

    /// <summary>Finds the member that a silo belongs to.</summary>
    /// <exception cref="StorageException">The genesis has no such member.</exception>
    public static Member FindMember(Genesis genesis, string name) =>
        genesis.Members.FirstOrDefault(member =>
            member.Name == name || string.Equals(member.Lei, name, StringComparison.OrdinalIgnoreCase) || member.Id.ToString() == name)
        ?? throw new StorageException(
            $"Network {genesis.Name} has no member '{name}'. Its members are {string.Join(", ", genesis.Members.Select(member => $"{member.Name} ({member.Lei})"))}: give one with --member.");

    private static void MakeDemoNetwork(string folder, TimeProvider timeProvider)
    {
        try
        {
            DemoNetwork.Create(folder, timeProvider);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"No network can be made in the folder '{folder}': {exception.Message} Name a folder that can be written with --data DIR.",
                exception);
        }
    }
}
