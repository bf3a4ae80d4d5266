using Consortium.Consensus.Ports;
using Consortium.Grains.Hosting;
using Consortium.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Consortium.Cluster.Tests.Messages;

public sealed class ExceptionTests
{
    public static TheoryData<Exception> OfRoles() =>
    [
        new ShardMovedException(new Epoch(3, 1), new Epoch(7, 2)),
        new StorageException("The disk is full. Make room.", new IOException("no space")),
        new InvariantBrokenException("sum == 0"),
    ];

    [Theory]
    [MemberData(nameof(OfRoles))]
    public void What_the_roles_throw_arrives_as_what_it_is(Exception thrown)
    {
        using var services = new ServiceCollection()
            .AddSerializer()
            .Configure<ExceptionSerializationOptions>(LedgerGrainsExtensions.ConfigureExceptions)
            .BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<Exception>>();
        var read = serializer.Deserialize(serializer.SerializeToArray(thrown));
        Assert.IsType(thrown.GetType(), read);
        Assert.Equal(thrown.Message, read.Message);
        Assert.Equal(thrown.InnerException?.Message, read.InnerException?.Message);
    }
}
