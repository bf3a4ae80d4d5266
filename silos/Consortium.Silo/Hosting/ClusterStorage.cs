using System.Net.Sockets;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Consortium.Consensus.Ports;
using Consortium.Silo.Membership;
using Consortium.Storage.Azure;
using Consortium.Storage.Importing;
using Consortium.Storage.Segments;
using Consortium.Storage.Snapshots;
using Npgsql;
using Orleans.Messaging;
using Orleans.Storage;

namespace Consortium.Silo.Hosting;

/// <summary>Opens the storage that all silos of a cluster share: ledger, snapshots and, unless PostgreSQL has it, membership.</summary>
internal sealed class ClusterStorage
{
    /// <summary>Name of the grain storage that keeps snapshots.</summary>
    public const string SnapshotStorage = "snapshots";

    // A start reads the last segment to find the head: small ones begin quickly.
    private const long RollBytes = 16L << 20;
    private const string SnapshotContainer = "consortium-snapshots";
    private const string MembershipTable = "ConsortiumSilos";

    private static readonly SegmentLogOptions JournalLayout = new() { Prefix = "journal/", RollBytes = RollBytes };
    private static readonly SegmentLogOptions BlockLayout = new() { Prefix = "blocks/", RollBytes = RollBytes };

    // Longest that the membership's storage may take to answer at a start, before it is asked again.
    private static readonly TimeSpan MembershipTimeout = TimeSpan.FromSeconds(15);

    private readonly SiloOptions _options;
    private readonly ISegmentStore _segments;

    private ClusterStorage(SiloOptions options, ISegmentStore segments)
    {
        _options = options;
        _segments = segments;
        ImportMark = new ImportMark(segments);
        ImportJournal = new SegmentJournal(segments, JournalLayout);
        Journal = new GuardedJournal(ImportJournal, ImportMark);
    }

    /// <summary>The journal.</summary>
    public IJournal Journal { get; }

    /// <summary>The journal as an import writes it: <see cref="Journal"/> keeps everybody else from ordering meanwhile.</summary>
    public IJournal ImportJournal { get; }

    /// <summary>The mark of an import into this storage that has not finished.</summary>
    public ImportMark ImportMark { get; }

    /// <summary>Opens the storage that the settings name.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>The storage, which has answered, for the ledger and for membership.</returns>
    /// <exception cref="StorageException">It cannot be reached or used.</exception>
    /// <exception cref="RequestFailedException">The table of membership cannot be reached or used.</exception>
    /// <exception cref="NpgsqlException">The database of membership cannot be reached or used.</exception>
    /// <exception cref="TimeoutException">The storage of membership does not answer.</exception>
    public static async Task<ClusterStorage> OpenAsync(SiloOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (options.LedgerFolder is { } folder)
        {
            var inFolder = new ClusterStorage(options, OpenFolder(options, Path.Combine(folder, "ledger"), timeProvider));
            await inFolder.OpenMembershipAsync(timeProvider, cancellationToken);
            return inFolder;
        }

        var azure = new AzureSegmentOptions { ConnectionString = options.StorageConnection, ServiceUri = options.StorageAccount };
        var inAccount = new ClusterStorage(options, await AzureSegmentStore.OpenAsync(azure, cancellationToken));
        await inAccount.OpenMembershipAsync(timeProvider, cancellationToken);
        return inAccount;
    }

    /// <summary>Opens the block log and finds its present height.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The log.</returns>
    /// <exception cref="StorageException">The storage cannot be read.</exception>
    public ValueTask<BlockLog> OpenBlocksAsync(CancellationToken cancellationToken) => BlockLog.OpenAsync(_segments, BlockLayout, cancellationToken);

    /// <summary>Registers the providers of snapshots and membership with a silo.</summary>
    /// <param name="silo">The silo.</param>
    public void AddTo(ISiloBuilder silo)
    {
        if (_options.LedgerFolder is { } folder)
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                SnapshotStorage,
                (services, _) => new FolderGrainStorage(
                    Path.Combine(folder, SnapshotStorage),
                    new StoredBytesSerializer(),
                    services.GetRequiredService<TimeProvider>()));
        }
        else
        {
            silo.AddAzureBlobGrainStorage(SnapshotStorage, storage =>
            {
                storage.BlobServiceClient = NewBlobs();
                storage.ContainerName = SnapshotContainer;
                storage.GrainStorageSerializer = new StoredBytesSerializer();
            });
        }

        if (_options.MembershipPostgres is { } postgres)
        {
            silo.UseAdoNetClustering(membership => (membership.Invariant, membership.ConnectionString) = ("Npgsql", postgres));
        }
        else if (_options.LedgerFolder is not null)
        {
            AddFolderMembership(silo.Services);
            silo.Services.AddSingleton<IMembershipTable>(services => services.GetRequiredService<FolderMembershipTable>());
        }
        else
        {
            silo.UseAzureStorageClustering(membership => (membership.TableServiceClient, membership.TableName) = (NewTables(), MembershipTable));
        }
    }

    /// <summary>Registers the provider that finds silos with a gateway that is not a silo.</summary>
    /// <param name="client">The gateway.</param>
    public void AddTo(IClientBuilder client)
    {
        if (_options.MembershipPostgres is { } postgres)
        {
            client.UseAdoNetClustering(membership => (membership.Invariant, membership.ConnectionString) = ("Npgsql", postgres));
        }
        else if (_options.LedgerFolder is not null)
        {
            AddFolderMembership(client.Services);
            client.Services.AddSingleton<IGatewayListProvider, FolderGatewayListProvider>();
        }
        else
        {
            client.UseAzureStorageClustering(membership => (membership.TableServiceClient, membership.TableName) = (NewTables(), MembershipTable));
        }
    }

    // Orleans opens membership by itself, but gives up when it does not answer at once: so it is opened here first.
    private async Task OpenMembershipAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MembershipTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (_options.MembershipPostgres is { } postgres)
            {
                await PostgresTables.EnsureAsync(postgres, either.Token);
            }
            else if (_options.LedgerFolder is null)
            {
                await NewTables().GetTableClient(MembershipTable).CreateIfNotExistsAsync(either.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"What keeps the membership of silos has not answered within {MembershipTimeout.TotalSeconds} s. Check that it runs and can be reached from here.",
                exception);
        }
        catch (SocketException exception)
        {
            // Of a name that does not resolve the driver says so, and not as the fault of a database.
            throw new NpgsqlException($"Its address cannot be reached: {exception.Message}", exception);
        }
    }

    private void AddFolderMembership(IServiceCollection services)
    {
        services.AddSingleton(new FolderMembershipOptions(Path.Combine(_options.LedgerFolder!, "membership")));
        services.AddSingleton<FolderMembershipTable>();
    }

    private static FolderSegmentStore OpenFolder(SiloOptions options, string path, TimeProvider timeProvider)
    {
        try
        {
            return new FolderSegmentStore(path, timeProvider);
        }
        catch (StorageException exception)
        {
            var setting = options.StorageFolder is null ? "--data DIR" : "--storage-folder DIR";
            throw new StorageException($"{exception.Message} Name another folder with {setting}.", exception);
        }
    }

    private BlobServiceClient NewBlobs() => _options.StorageAccount is { } account
        ? new BlobServiceClient(account, AzureIdentity.Credential)
        : new BlobServiceClient(_options.StorageConnection);

    // Tables stand beside blobs in an account: NAME.blob.… and NAME.table.….
    private TableServiceClient NewTables() => _options.StorageAccount is { } account
        ? new TableServiceClient(
            new Uri($"https://{account.Host.Replace(".blob.", ".table.", StringComparison.Ordinal)}"),
            AzureIdentity.Credential)
        : new TableServiceClient(_options.StorageConnection);
}
