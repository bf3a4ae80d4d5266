using System.Net;

namespace Consortium.Cluster.Tests.Membership;

/// <summary>The promises of a membership table that Orleans relies on, tested on every storage.</summary>
public abstract class MembershipContract
{
    protected static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var table = await OpenAsync();
        await InsertAsync(table, Entry(1));
        var inserted = await table.ReadAllAsync();
        Assert.Equal(1, inserted.Version.Version);
        Assert.Equal(Entry(1).ToString(), Assert.Single(inserted.Members).Item1.ToString());

        // Suspicions are added later, by other silos: each silo inserts the row about itself.
        var entry = Entry(1, SiloStatus.Active);
        entry.SuspectTimes = [Tuple.Create(Address(2), Time)];
        Assert.True(await table.UpdateRowAsync(entry, inserted.Members[0].Item2, inserted.Version.Next()));
        table = await OpenAsync();
        var data = await table.ReadAllAsync();
        Assert.Equal(2, data.Version.Version);
        var read = Assert.Single(data.Members).Item1;
        Assert.Equal(entry.ToFullString(), read.ToFullString());
        Assert.Equal(entry.SuspectTimes, read.SuspectTimes);
        Assert.Single((await table.ReadRowAsync(Address(1))).Members);
        Assert.Empty((await table.ReadRowAsync(Address(2))).Members);
    }

    [Fact]
    public async Task A_stale_table_version_changes_nothing()
    {
        var table = await OpenAsync();
        var stale = (await table.ReadAllAsync()).Version.Next();
        await InsertAsync(table, Entry(1));
        Assert.False(await table.InsertRowAsync(Entry(2), stale));
        var data = await table.ReadAllAsync();
        Assert.False(await table.UpdateRowAsync(Entry(1, SiloStatus.Dead), Assert.Single(data.Members).Item2, stale));
        var after = await table.ReadAllAsync();
        Assert.Equal(1, after.Version.Version);
        Assert.Equal(SiloStatus.Joining, Assert.Single(after.Members).Item1.Status);
    }

    [Fact]
    public async Task A_silo_that_is_there_is_not_inserted_again()
    {
        var table = await OpenAsync();
        await InsertAsync(table, Entry(1));
        Assert.False(await table.InsertRowAsync(Entry(1, SiloStatus.Active), (await table.ReadAllAsync()).Version.Next()));
        var after = await table.ReadAllAsync();
        Assert.Equal(1, after.Version.Version);
        Assert.Equal(SiloStatus.Joining, Assert.Single(after.Members).Item1.Status);
    }

    [Fact]
    public async Task A_stale_row_version_changes_nothing()
    {
        var table = await OpenAsync();
        await InsertAsync(table, Entry(1));
        var first = await table.ReadAllAsync();
        var etag = Assert.Single(first.Members).Item2;
        Assert.True(await table.UpdateRowAsync(Entry(1, SiloStatus.Active), etag, first.Version.Next()));
        var second = await table.ReadAllAsync();
        if (HasRowVersions)
        {
            Assert.False(await table.UpdateRowAsync(Entry(1, SiloStatus.Dead), etag, second.Version.Next()));
        }

        Assert.Equal(2, second.Version.Version);
        Assert.Equal(SiloStatus.Active, Assert.Single((await table.ReadAllAsync()).Members).Item1.Status);
    }

    [Fact]
    public async Task Being_alive_changes_no_version_of_the_table()
    {
        var table = await OpenAsync();
        await InsertAsync(table, Entry(1));
        var before = await table.ReadAllAsync();
        var entry = Entry(1);
        entry.IAmAliveTime = Time.AddMinutes(1);
        await table.UpdateIAmAliveAsync(entry);
        var after = await table.ReadAllAsync();
        Assert.Equal(before.Version.Version, after.Version.Version);
        Assert.Equal(Time.AddMinutes(1), after.Members[0].Item1.IAmAliveTime);
    }

    [Fact]
    public async Task Of_writers_at_once_each_version_lets_one_through()
    {
        const int Writers = 8;
        var written = await Task.WhenAll(Enumerable.Range(1, Writers).Select(number => Task.Run(async () =>
        {
            var table = await OpenAsync();
            TableVersion next;
            do
            {
                next = (await table.ReadAllAsync()).Version.Next();
            }
            while (!await table.InsertRowAsync(Entry(number), next));
            return next.Version;
        })));
        Assert.Equal(Enumerable.Range(1, Writers), written.Order());
        Assert.Equal(Writers, (await (await OpenAsync()).ReadAllAsync()).Members.Count);
    }

    [Fact]
    public async Task The_dead_are_forgotten_when_they_have_been_silent_for_long()
    {
        var table = await OpenAsync();
        await InsertAsync(table, Entry(1, SiloStatus.Dead));
        await InsertAsync(table, Entry(2, SiloStatus.Active));
        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Time.AddDays(1)));
        Assert.Equal(Address(2), Assert.Single((await table.ReadAllAsync()).Members).Item1.SiloAddress);
    }

    /// <summary>Opens the test's own table once more, as another silo does.</summary>
    protected abstract Task<IMembershipTable> OpenAsync();

    /// <summary>Whether a stale row is refused too; a stale version of the table always is, and every change of a row takes the next one.</summary>
    protected virtual bool HasRowVersions => false;

    protected static async Task InsertAsync(IMembershipTable table, MembershipEntry entry) =>
        Assert.True(await table.InsertRowAsync(entry, (await table.ReadAllAsync()).Version.Next()));

    protected static SiloAddress Address(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1000 + number), number);

    protected static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Joining) => new()
    {
        SiloAddress = Address(number),
        Status = status,
        HostName = "host",
        SiloName = $"silo {number}",
        ProxyPort = 2000 + number,
        StartTime = Time,
        IAmAliveTime = Time,
        SuspectTimes = [],
    };
}
