using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Keys;
using Consortium.Client.Transactions;
using Consortium.Cluster.Tests.Harness;
using Consortium.Gateway.Demo;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Silo.Hosting;
using Consortium.Tests.Storage;

namespace Consortium.Cluster.Tests.Running;

[Collection(OneClusterAtATime.Name)]
public sealed class DrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_silo_that_is_asked_to_stop_says_so_and_answers_what_is_in_hand()
    {
        using var folder = new TemporaryFolder();
        var genesis = DemoNetwork.Create(folder.Path, TimeProvider.System);
        await using var silo = await InProcessSilo.StartAsync(
            new SiloOptions
            {
                Member = genesis.Members[0].Name,
                StorageFolder = Path.Combine(folder.Path, "storage"),
                DrainSeconds = 60,
                Gateway = new GatewayOptions
                {
                    Data = Path.Combine(folder.Path, "data"),
                    Genesis = DemoNetwork.GenesisPath(folder.Path),
                    Keys = DemoNetwork.KeysPath(folder.Path),
                },
            },
            TimeProvider.System);
        var transaction = Sign(folder.Path, genesis);
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = silo.Url }, TimeProvider.System);
        var inHand = client.Submissions.SendAsync(transaction.Bytes.ToArray(), FinalityLevel.Final, Patience, CancellationToken.None);
        using var limit = new CancellationTokenSource(Patience);
        while (await silo.Node.FindTransactionAsync(transaction.Id, limit.Token) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }

        silo.Lifetime.StopApplication();
        Assert.Equal(NodeStatus.Draining, silo.Node.Status);
        var refusal = Assert.Throws<RefusalException>(() => silo.Nodes.Serving);
        Assert.Contains("draining", refusal.Message, StringComparison.Ordinal);
        var stopping = silo.StopAsync();
        var answer = await inHand;
        Assert.Equal(0U, answer.Refusal);
        Assert.Equal(0U, Assert.Single(answer.Receipts).Refusal);
        await stopping;
        Assert.Equal(0, silo.ExitCode);
    }

    private static (ReadOnlyMemory<byte> Bytes, TransactionId Id) Sign(string folder, Consortium.Ledger.Blocks.Genesis genesis)
    {
        var keys = DemoNetwork.KeysPath(folder);
        var password = File.ReadAllText(Path.Combine(keys, KeyPassword.FileName)).Trim();
        using var key = KeyFile.Load(Path.Combine(keys, DemoNetwork.Members[0].Name + ".pem"), password);
        var custodian = genesis.Members[0].Id;
        var open = new OpenAccount(custodian, Derive.Party(custodian, "owner"), Authority.Single(key.PublicKey), ConsentRequired: false, Salt: string.Empty);
        var unsigned = new TransactionBuilder(genesis.Network, TimeProvider.System).Build(open, TimeSpan.FromMinutes(10));
        return (unsigned.Sign([key]), unsigned.Id);
    }
}
