using System.Net;
using Consortium.Consensus.Ports;
using Consortium.Silo.Membership;
using Consortium.Tests.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Consortium.Cluster.Tests.Membership;

public sealed class FolderMembershipTableTests : IDisposable
{
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var entry = Entry(1);
        entry.SuspectTimes = [Tuple.Create(Address(2), Time)];
        Assert.True(await Open().InsertRow(entry, new TableVersion(1, "0")));
        var data = await Open().ReadAll();
        Assert.Equal(1, data.Version.Version);
        var read = Assert.Single(data.Members).Item1;
        Assert.Equal(entry.ToFullString(), read.ToFullString());
        Assert.Equal(entry.SuspectTimes, read.SuspectTimes);
        Assert.Single((await Open().ReadRow(Address(1))).Members);
        Assert.Empty((await Open().ReadRow(Address(2))).Members);
    }

    [Fact]
    public async Task A_stale_table_version_changes_nothing()
    {
        var table = Open();
        Assert.True(await table.InsertRow(Entry(1), new TableVersion(1, "0")));
        Assert.False(await table.InsertRow(Entry(2), new TableVersion(1, "0")));
        Assert.False(await table.InsertRow(Entry(1), new TableVersion(2, "1")));
        var etag = Assert.Single((await table.ReadAll()).Members).Item2;
        Assert.False(await table.UpdateRow(Entry(1), etag, new TableVersion(1, "0")));
        Assert.Equal(1, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task A_stale_row_version_changes_nothing()
    {
        var table = Open();
        Assert.True(await table.InsertRow(Entry(1), new TableVersion(1, "0")));
        var etag = Assert.Single((await table.ReadAll()).Members).Item2;
        Assert.True(await table.UpdateRow(Entry(1, SiloStatus.Active), etag, new TableVersion(2, "1")));
        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Dead), etag, new TableVersion(3, "2")));
        Assert.Equal(SiloStatus.Active, Assert.Single((await table.ReadAll()).Members).Item1.Status);
    }

    [Fact]
    public async Task Being_alive_changes_no_version()
    {
        var table = Open();
        Assert.True(await table.InsertRow(Entry(1), new TableVersion(1, "0")));
        var before = await table.ReadAll();
        var entry = Entry(1);
        entry.IAmAliveTime = Time.AddMinutes(1);
        await table.UpdateIAmAlive(entry);
        var after = await table.ReadAll();
        Assert.Equal((before.Version.Version, before.Members[0].Item2), (after.Version.Version, after.Members[0].Item2));
        Assert.Equal(Time.AddMinutes(1), after.Members[0].Item1.IAmAliveTime);
    }

    [Fact]
    public async Task Of_writers_at_once_each_version_lets_one_through()
    {
        var written = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(async () =>
        {
            var table = Open();
            var tries = 0;
            TableVersion next;
            do
            {
                tries++;
                next = (await table.ReadAll()).Version.Next();
            }
            while (!await table.InsertRow(Entry(number), next));
            return (next.Version, tries);
        })));
        Assert.Equal(Enumerable.Range(1, 8), written.Select(writer => writer.Version).Order());
        Assert.Equal(8, (await Open().ReadAll()).Members.Count);
    }

    [Fact]
    public async Task The_dead_are_forgotten_when_they_have_been_silent_for_long()
    {
        var table = Open();
        Assert.True(await table.InsertRow(Entry(1, SiloStatus.Dead), new TableVersion(1, "0")));
        Assert.True(await table.InsertRow(Entry(2, SiloStatus.Active), new TableVersion(2, "1")));
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Time.AddDays(1)));
        Assert.Equal(Address(2), Assert.Single((await table.ReadAll()).Members).Item1.SiloAddress);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"Version\": 1, \"Rows\": [ {")]
    [InlineData("null")]
    [InlineData("{ \"Version\": 1 }")]
    [InlineData("{ \"Version\": 1, \"Rows\": [ { \"Silo\": \"nonsense\" } ] }")]
    public async Task A_damaged_file_is_named_with_what_to_do(string content)
    {
        var table = Open();
        Assert.True(await table.InsertRow(Entry(1), new TableVersion(1, "0")));
        var path = Assert.Single(Directory.GetFiles(_folder.Path, "*.json"));
        await File.WriteAllTextAsync(path, content);
        var exception = await Assert.ThrowsAsync<StorageException>(table.ReadAll);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Stop all silos", exception.Message, StringComparison.Ordinal);
    }

    private static SiloAddress Address(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1000 + number), number);

    private static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Joining) => new()
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

    private FolderMembershipTable Open() => new(
        new FolderMembershipOptions(_folder.Path),
        TimeProvider.System,
        Options.Create(new ClusterOptions { ClusterId = "test", ServiceId = "test" }));
}
