using System.Security.Cryptography;
using Consortium.Consensus.Mining;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Identifiers;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Gateway.Node;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Bench;

/// <summary>The embedded engine over a data folder, fed with transactions whose signatures are not checked: what the ledger itself costs.</summary>
internal sealed class LedgerBench : IAsyncDisposable
{
    private const int TransactionsPerCall = 64;
    private const int Callers = 32;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly PublicKey _publicKey;
    private readonly Genesis _genesis;
    private readonly string _folder;
    private readonly Random _random = new(1);
    private readonly ulong _validUntilMs = (ulong)DateTimeOffset.UtcNow.AddHours(2).ToUnixTimeMilliseconds();
    private NodeStorage? _storage;
    private RoleHarness? _node;
    private List<AccountId> _accounts = [];
    private List<AssetId> _assets = [];
    private ulong _salt;

    public LedgerBench(string folder)
    {
        _folder = folder;
        var bytes = P256.PublicKeyOf(_key);
        _ = PublicKey.TryRead(bytes, out _publicKey);
        var authority = new Wire.Authority { Threshold = 1 };
        authority.Keys.Add(ByteString.CopyFrom(bytes));
        var message = new Wire.Genesis
        {
            Name = "bench",
            TimeMs = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            ShardCount = 16,
            BlockIntervalMs = 1_000,
            Target = 0x1f0fffff,
            HalfLifeMs = 60_000,
            FinalityBlocks = 6,
            ValidityMaxMs = 86_400_000,
        };
        message.Members.Add(new Wire.GenesisMember
        {
            Name = "Bench",
            Lei = Lei.FromParts("5299000BENCHBANK01").ToString(),
            Authority = authority,
            ProducerKey = ByteString.CopyFrom(bytes),
        });
        _genesis = Genesis.FromMessage(message);
    }

    /// <summary>Bytes of all signed transactions submitted so far.</summary>
    public long SubmittedBytes { get; private set; }

    /// <summary>Bytes of the journal's file.</summary>
    public long JournalBytes => new FileInfo(Path.Combine(_folder, "ledger.db")).Length;

    public async Task StartAsync()
    {
        _storage = NodeStorage.Open(_folder, NullLoggerFactory.Instance);
        var miner = new Miner(_genesis.Members[0].Id, message => P256.Sign(_key, message), new MinerOptions(1, 2.5), TimeProvider.System);
        _node = await RoleHarness.StartAsync(
            _genesis,
            _storage.Ports([miner]),
            new SequencerOptions(),
            TimeProvider.System,
            NullLoggerFactory.Instance,
            CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _storage?.Dispose();
        (_node, _storage) = (null, null);
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
        return cpuSeconds / count;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _key.Dispose();
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
