using Consortium.Gateway.Demo;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Bench;

/// <summary>One silo in this process, fed with transactions whose signatures are not checked: what the ledger itself costs.</summary>
internal sealed class LedgerBench : IAsyncDisposable
{
    private const int TransactionsPerCall = 64;
    private const int Callers = 32;

    private readonly PublicKey _publicKey;
    private readonly Genesis _genesis;
    private readonly string _folder;
    private readonly Random _random = new(1);
    private readonly ulong _validUntilMs = (ulong)DateTimeOffset.UtcNow.AddHours(2).ToUnixTimeMilliseconds();
    private SiloProcess? _silo;
    private ILedgerNode? _node;
    private List<AccountId> _accounts = [];
    private List<AssetId> _assets = [];
    private ulong _salt;

    public LedgerBench(string folder)
    {
        _folder = folder;
        _genesis = DemoNetwork.Create(folder, TimeProvider.System);
        _publicKey = _genesis.Members[0].Authority.Keys[0];
    }

    /// <summary>Deals submitted so far.</summary>
    public long Deals { get; private set; }

    /// <summary>Bytes of all signed transactions submitted so far.</summary>
    public long SubmittedBytes { get; private set; }

    /// <summary>Bytes of the journal's files.</summary>
    public long JournalBytes => Directory
        .EnumerateFiles(Path.Combine(_folder, "storage", "ledger", "journal"), "*", SearchOption.AllDirectories)
        .Sum(file => new FileInfo(file).Length);

    public async Task StartAsync()
    {
        var options = new SiloOptions
        {
            SiloPort = FreePort.Find(),
            ClientPort = FreePort.Find(),
            Gateway = new GatewayOptions { Data = _folder, Urls = "http://127.0.0.1:0", GrpcUrls = string.Empty },
        };
        _silo = await SiloProcess.CreateAsync(options, TimeProvider.System, CancellationToken.None);
        await _silo.App.StartAsync();
        _node = await _silo.App.Services.GetRequiredService<NodeSource>().WaitUntilServingAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (_silo is not null)
        {
            await _silo.App.StopAsync();
            await _silo.DisposeAsync();
        }

        (_node, _silo) = (null, null);
    }

    /// <summary>Opens accounts and issues every asset to each of them.</summary>
    public async Task FillAsync(int accounts, int assets)
    {
        var custodian = _genesis.Members[0].Id;
        var opens = Enumerable.Range(0, accounts)
            .Select(i => new OpenAccount(custodian, Derive.Party(custodian, $"{i}"), Authority.Single(_publicKey), false, $"{i:x8}"))
            .ToList();
        _accounts = [.. opens.Select(open => open.AccountId)];
        await SubmitAsync(opens);
        var registers = Enumerable.Range(0, assets)
            .Select(i => new RegisterAsset(new AssetDefinition(
                _accounts[0],
                $"asset {i}",
                Wire.AssetKind.Other,
                0,
                new Amount(1_000_000_000_000_000),
                string.Empty,
                string.Empty,
                default,
                Wire.FinalityLevel.Unspecified)))
            .ToList();
        _assets = [.. registers.Select(register => register.AssetId)];
        await SubmitAsync(registers);
        foreach (var asset in _assets)
        {
            await SubmitAsync(_accounts.Select(account => new Issue(asset, account, new Amount(1_000_000))));
        }
    }

    /// <summary>Deals of two parties and two assets between random accounts.</summary>
    /// <returns>Processor seconds per deal, signatures left out.</returns>
    public async Task<double> DealAsync(int count)
    {
        var deals = Enumerable.Range(0, count).Select(_ => Make(Deal())).ToList();
        var (_, cpuSeconds) = await Measure.RunAsync(() => SubmitAsync(deals));
        Deals += count;
        return cpuSeconds / count;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
    }

    private Deal Deal()
    {
        var (buyer, seller) = (_random.Next(_accounts.Count), _random.Next(_accounts.Count - 1));
        seller += seller >= buyer ? 1 : 0;
        var money = Instrument.Full(_assets[_random.Next(_assets.Count)]);
        var thing = Instrument.Full(_assets[_random.Next(_assets.Count)]);
        return new Deal(
            [
                new DealLeg(_accounts[buyer], money, -2),
                new DealLeg(_accounts[seller], money, 2),
                new DealLeg(_accounts[seller], thing, -1),
                new DealLeg(_accounts[buyer], thing, 1),
            ],
            string.Empty);
    }

    private Task SubmitAsync(IEnumerable<TransactionBody> bodies) => SubmitAsync(bodies.Select(Make).ToList());

    private async Task SubmitAsync(List<Transaction> transactions)
    {
        SubmittedBytes += transactions.Sum(transaction => (long)transaction.SignedBytes.Length);
        var chunks = new System.Collections.Concurrent.ConcurrentQueue<Transaction[]>(transactions.Chunk(TransactionsPerCall));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (chunks.TryDequeue(out var chunk))
            {
                foreach (var result in await _node!.SubmitAsync(chunk))
                {
                    if (result.Refused is not null)
                    {
                        throw new InvalidOperationException(result.Refused.Detail);
                    }
                }
            }
        })));
    }

    // A signature of zeros has the size of a real one, which is what the journal sees.
    private Transaction Make(TransactionBody body)
    {
        var payload = TransactionCodec.EncodePayload(_genesis.Network, _validUntilMs, BitConverter.GetBytes(++_salt), body);
        var signed = TransactionCodec.EncodeSigned(payload, [(_publicKey, new byte[P256.SignatureSize])]);
        return TransactionCodec.DecodeTrusted(signed, _genesis.Network);
    }
}
