using Consortium.Cluster.Tests.Storage;
using Consortium.Silo.Hosting;
using Consortium.Silo.Membership;
using Consortium.Tests.Storage;

namespace Consortium.Cluster.Tests.Membership;

[Trait("Needs", "PostgreSQL")]
public sealed class PostgresMembershipTests(Postgres postgres) : MembershipContract, IClassFixture<Postgres>, IDisposable
{
    private readonly string _cluster = Guid.NewGuid().ToString("N");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Silos_that_start_at_once_make_the_tables_once()
    {
        var database = await postgres.CreateDatabaseAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostgresTables.EnsureAsync(database, CancellationToken.None)));
        var table = await ConfiguredTable.OpenAsync(Options(database), _cluster);
        await InsertAsync(table, Entry(1));
        await PostgresTables.EnsureAsync(database, CancellationToken.None);
        Assert.Single((await table.ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Networks_share_a_database_and_do_not_see_each_other()
    {
        await InsertAsync(await OpenAsync(), Entry(1));
        var other = await ConfiguredTable.OpenAsync(Options(postgres.Connection), "another network");
        Assert.Empty((await other.ReadAllAsync()).Members);
    }

    protected override async Task<IMembershipTable> OpenAsync()
    {
        await PostgresTables.EnsureAsync(postgres.Connection, CancellationToken.None);
        return await ConfiguredTable.OpenAsync(Options(postgres.Connection), _cluster);
    }

    private SiloOptions Options(string database) => new() { StorageFolder = _folder.Path, MembershipPostgres = database };
}
