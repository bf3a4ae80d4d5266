using Consortium.Consensus.Ports;
using Consortium.Silo.Membership;
using Consortium.Tests.Storage;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Consortium.Cluster.Tests.Membership;

public sealed class FolderMembershipTableTests : MembershipContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override bool HasRowVersions => true;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{ \"Version\": 1, \"Rows\": [ {")]
    [InlineData("null")]
    [InlineData("{ \"Version\": 1 }")]
    [InlineData("{ \"Version\": 1, \"Rows\": [ { \"Silo\": \"nonsense\" } ] }")]
    public async Task A_damaged_file_is_named_with_what_to_do(string content)
    {
        var table = await OpenAsync();
        await InsertAsync(table, Entry(1));
        var path = Assert.Single(Directory.GetFiles(_folder.Path, "*.json"));
        await File.WriteAllTextAsync(path, content);
        var exception = await Assert.ThrowsAsync<StorageException>(() => table.ReadAllAsync());
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Stop all silos", exception.Message, StringComparison.Ordinal);
    }

    protected override Task<IMembershipTable> OpenAsync() => Task.FromResult<IMembershipTable>(new FolderMembershipTable(
        new FolderMembershipOptions(_folder.Path),
        TimeProvider.System,
        Options.Create(new ClusterOptions { ClusterId = "test", ServiceId = "test" })));
}
