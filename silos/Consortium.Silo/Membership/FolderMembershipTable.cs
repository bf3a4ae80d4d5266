using System.Globalization;
using System.Text.Json;
using Consortium.Consensus.Ports;
using Orleans.Configuration;

namespace Consortium.Silo.Membership;

/// <summary>Membership in a file, for silos of one machine that share a folder.</summary>
/// <remarks>
/// The file is replaced whole, under a lock file that one process holds at a time; its version is the table's. For people and tests: silos on
/// several machines use Azure tables or PostgreSQL.
/// </remarks>
internal sealed class FolderMembershipTable : IMembershipTable
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);
    private readonly string _path;
    private readonly TimeProvider _timeProvider;

    public FolderMembershipTable(FolderMembershipOptions options, TimeProvider timeProvider, Microsoft.Extensions.Options.IOptions<ClusterOptions> cluster)
    {
        Directory.CreateDirectory(options.Folder);
        _path = Path.Combine(options.Folder, $"membership-{cluster.Value.ClusterId}.json");
        _timeProvider = timeProvider;
    }

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => ChangeAsync(_ => new FolderMembership(0, []));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => ChangeAsync(table => table with
    {
        Rows = [.. table.Rows.Where(row => row.Status != SiloStatus.Dead || row.IAmAliveTime >= beforeDate)],
    });

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var table = await ReadAsync();
        return ToData(table with { Rows = [.. table.Rows.Where(row => row.Silo == key.ToParsableString())] });
    }

    public async Task<MembershipTableData> ReadAll() => ToData(await ReadAsync());

    /// <summary>Reads the silos that take clients.</summary>
    public async Task<IReadOnlyList<Uri>> ReadGatewaysAsync() =>
    [
        .. (await ReadAsync()).Rows
            .Where(row => row.Status == SiloStatus.Active && row.ProxyPort > 0)
            .Select(row => row.ToEntry())
            .Select(entry => SiloAddress.New(entry.SiloAddress.Endpoint.Address, entry.ProxyPort, entry.SiloAddress.Generation).ToGatewayUri()),
    ];

    public async Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        var row = FolderMembershipRow.From(entry, tableVersion.Version);
        return await ChangeAsync(table => table.Version == tableVersion.Version - 1 && table.Rows.All(other => other.Silo != row.Silo)
            ? new FolderMembership(tableVersion.Version, [.. table.Rows, row])
            : null);
    }

    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        var row = FolderMembershipRow.From(entry, tableVersion.Version);
        return await ChangeAsync(table => table.Version == tableVersion.Version - 1
            && table.Rows.Any(other => other.Silo == row.Silo && Etag(other.Version) == etag)
            ? new FolderMembership(tableVersion.Version, [.. table.Rows.Where(other => other.Silo != row.Silo), row])
            : null);
    }

    // Writes only the time at which the silo was alive: as no version changes, no other silo's update fails because of it.
    public Task UpdateIAmAlive(MembershipEntry entry) => ChangeAsync(table => table with
    {
        Rows =
        [
            .. table.Rows.Select(row => row.Silo == entry.SiloAddress.ToParsableString()
                ? row with { IAmAliveTime = new DateTimeOffset(DateTime.SpecifyKind(entry.IAmAliveTime, DateTimeKind.Utc)) }
                : row),
        ],
    });

    private static string Etag(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static MembershipTableData ToData(FolderMembership table) => new(
        [.. table.Rows.Select(row => Tuple.Create(row.ToEntry(), Etag(row.Version)))],
        new TableVersion(table.Version, Etag(table.Version)));

    private async Task<FolderMembership> ReadAsync()
    {
        if (!File.Exists(_path))
        {
            return new FolderMembership(0, []);
        }

        try
        {
            var table = JsonSerializer.Deserialize<FolderMembership>(await File.ReadAllBytesAsync(_path), Json);
            return table is { Rows: not null } && table.Rows.All(IsWhole) ? table : throw Damaged(cause: null);
        }
        catch (JsonException exception)
        {
            throw Damaged(exception);
        }
    }

    private static bool IsWhole(FolderMembershipRow? row)
    {
        try
        {
            return row is { HostName: not null, SiloName: not null, Suspicions: not null } && row.ToEntry().SiloAddress is not null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private StorageException Damaged(Exception? cause) => new(
        $"The membership file '{_path}' is damaged: silos cannot tell who else runs. Stop all silos, remove the file, and start them again; the ledger does not need it.",
        cause ?? new FormatException("Something is missing in the file."));

    private async Task<bool> ChangeAsync(Func<FolderMembership, FolderMembership?> change)
    {
        await using var held = await LockAsync();
        if (change(await ReadAsync()) is not { } changed)
        {
            return false;
        }

        // Readers take no lock: the file is replaced as a whole, so they see it as it was before or after.
        var next = _path + ".next";
        await File.WriteAllBytesAsync(next, JsonSerializer.SerializeToUtf8Bytes(changed, Json));
        File.Move(next, _path, overwrite: true);
        return true;
    }

    private async Task<FileStream> LockAsync()
    {
        while (true)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                // Another process holds it for a moment.
                await Task.Delay(LockPause, _timeProvider);
            }
        }
    }
}
