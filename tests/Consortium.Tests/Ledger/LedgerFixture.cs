using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

/// <summary>A ledger over a dictionary of encoded values: everything passes through the wire and the binary form.</summary>
/// <remarks>
/// Accounts are named after their keys: <c>issuer</c>, <c>alice</c>, <c>alice2</c> (alice's too), <c>bob</c>, <c>carol</c>
/// (receives by consent), <c>dora</c> (two of dora1, dora2, dora3). Assets are <c>eur</c> and <c>rec</c>, both the issuer's;
/// alice holds 1,000 eur, dora 300 eur and bob 500 rec.
/// </remarks>
internal sealed class LedgerFixture
{
    public const ulong StartMs = 1_700_000_000_000;

    private readonly StateView _view = new(keysPerGeneration: 4);
    private readonly Executor _executor;
    private readonly SortedDictionary<string, byte[]> _stored = new(StringComparer.Ordinal);
    private uint _salt;

    public LedgerFixture()
    {
        _executor = new Executor(_view);
        foreach (var change in Genesis.InitialState())
        {
            Store(change);
        }

        Open("issuer", "the company", Authority.Single(Keys.Of("issuer")));
        Open("alice", "alice", Authority.Single(Keys.Of("alice")));
        Open("alice2", "alice", Authority.Single(Keys.Of("alice")));
        Open("bob", "bob", Authority.Single(Keys.Of("bob")));
        Open("carol", "carol", Authority.Single(Keys.Of("carol")), consentRequired: true);
        Open("dora", "dora", new Authority(2, [Keys.Of("dora1"), Keys.Of("dora2"), Keys.Of("dora3")]));
        Register("eur", Definition("Euro") with { Kind = Consortium.Ledger.Wire.AssetKind.Currency, Currency = "EUR" });
        Register("rec", Definition("Receivable"));
        Issue("eur", "alice", 1_000);
        Issue("eur", "dora", 300);
        Issue("rec", "bob", 500);
    }

    /// <summary>The genesis of two members, "bank" and "house", whose keys have the same names.</summary>
    public static Genesis Genesis { get; } = Genesis.FromMessage(GenesisMessage());

    public static MemberId Bank => Genesis.Members[0].Id;

    public ulong TimeMs { get; set; } = StartMs;

    public Dictionary<string, AccountId> Accounts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, AssetId> Assets { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of times that the executor asked for keys that the transaction had not declared.</summary>
    public int Retries { get; private set; }

    /// <summary>All state, in the order of the keys.</summary>
    public IEnumerable<(StateKey Key, StateValue Value)> State => _stored.Select(entry =>
    {
        Assert.True(StateKey.TryRead(Convert.FromHexString(entry.Key), out var key));
        return (key, StateValue.Decode(key.Kind, entry.Value)!);
    });

    /// <summary>All state as text, to compare ledgers.</summary>
    public string StateText =>
        string.Join('\n', _stored.Select(entry => $"{entry.Key} {Convert.ToHexStringLower(entry.Value)}"));

    public static Consortium.Ledger.Wire.Genesis GenesisMessage()
    {
        var message = new Consortium.Ledger.Wire.Genesis
        {
            Name = "test",
            TimeMs = StartMs,
            ShardCount = 16,
            BlockIntervalMs = 1_000,
            Target = 0x2100ffff,
            HalfLifeMs = 600_000,
            FinalityBlocks = 6,
            ValidityMaxMs = 86_400_000,
        };
        foreach (var (name, lei) in new[] { ("bank", "5299000J2N45DDNE4Y28"), ("house", "7LTWFZYICNSX8D621K86") })
        {
            message.Members.Add(new Consortium.Ledger.Wire.GenesisMember
            {
                Name = name,
                Lei = lei,
                Authority = new Consortium.Ledger.Wire.Authority
                {
                    Threshold = 1,
                    Keys = { Google.Protobuf.ByteString.CopyFrom(Keys.Of(name).ToArray()) },
                },
                ProducerKey = Google.Protobuf.ByteString.CopyFrom(Keys.Of(name + " producer").ToArray()),
            });
        }

        return message;
    }

    public AssetDefinition Definition(string name) => new(
        Accounts["issuer"],
        name,
        Consortium.Ledger.Wire.AssetKind.Receivable,
        Decimals: 2,
        new Amount(1_000_000),
        Isin: string.Empty,
        Currency: string.Empty,
        TermsHash: default,
        Consortium.Ledger.Wire.FinalityLevel.Unspecified);

    public Instrument Instrument(string asset) => Consortium.Ledger.Assets.Instrument.Full(Assets[asset]);

    public DealLeg Leg(string account, string asset, Int128 amount) => new(Accounts[account], Instrument(asset), amount);

    public Account Account(string name) => (Account)Read(StateKey.Account(Accounts[name]))!;

    public Holding Holding(string account, string asset) => Holding(Accounts[account], asset);

    public Holding Holding(AccountId account, string asset) =>
        (Holding?)Read(StateKey.Holding(account, Instrument(asset))) ?? Consortium.Ledger.Accounts.Holding.Empty;

    public StateValue? Read(StateKey key) =>
        _stored.TryGetValue(Convert.ToHexStringLower(key.ToArray()), out var bytes) ? StateValue.Decode(key.Kind, bytes) : null;

    public void Store(StateChange change)
    {
        _stored[Convert.ToHexStringLower(change.Key.ToArray())] = change.Value.Encode();
        _view.Clear();
    }

    public AccountId Open(string name, string owner, Authority authority, bool consentRequired = false)
    {
        var body = new OpenAccount(Bank, Derive.Party(Bank, owner), authority, consentRequired, Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(name)));
        Accept(body, "bank");
        return Accounts[name] = body.AccountId;
    }

    public void Register(string name, AssetDefinition definition)
    {
        var body = new RegisterAsset(definition);
        Accept(body, "issuer");
        Assets[name] = body.AssetId;
    }

    public void Issue(string asset, string to, UInt128 amount) =>
        Accept(new Issue(Assets[asset], Accounts[to], new Amount(amount)), "issuer", to);

    /// <summary>Executes a transaction and requires that it is accepted.</summary>
    public void Accept(TransactionBody body, params string[] signers)
    {
        var executed = Execute(body, signers);
        Assert.True(executed.Accepted, string.Join("; ", executed.Rejections.Select(rejection => $"{rejection.Code} {rejection.Subject}")));
    }

    /// <summary>Executes a deal with amounts of one asset that must happen.</summary>
    public void Deal(string asset, params (string Account, Int128 Amount)[] legs) =>
        Accept(
            new Deal([.. legs.Select(leg => Leg(leg.Account, asset, leg.Amount))], string.Empty),
            [.. legs.Select(leg => leg.Account == "alice2" ? "alice" : leg.Account).Distinct(StringComparer.Ordinal), "dora1", "dora2"]);

    public Transaction Decode(TransactionBody body, params string[] signers)
    {
        var payload = TransactionCodec.EncodePayload(Genesis.Network, TimeMs + 1_000, BitConverter.GetBytes(_salt++), body);
        var refused = TransactionCodec.TryDecodeUnsigned(payload, Genesis.Network, [.. signers.Distinct(StringComparer.Ordinal).Select(Keys.Of)], out var transaction);
        Assert.True(refused is null, refused?.Detail);
        return transaction!;
    }

    public ExecutedTransaction Execute(TransactionBody body, params string[] signers) => Execute(Decode(body, signers));

    public ExecutedTransaction Execute(Transaction transaction)
    {
        var reads = new List<StateKey>();
        Executor.DeclareReads(transaction, reads);
        Gather(reads);
        var executed = _executor.TryExecute(transaction, TimeMs);
        while (executed is null)
        {
            Retries++;
            Assert.Empty(_executor.Written);
            Gather([.. _view.TakeMissing()]);
            executed = _executor.TryExecute(transaction, TimeMs);
        }

        foreach (var change in _executor.TakeWritten())
        {
            _stored[Convert.ToHexStringLower(change.Key.ToArray())] = change.Value.Encode();
        }

        // The next transaction starts from the stored values, so that a value that is only in the view is noticed.
        _view.Clear();
        return executed;
    }

    private void Gather(List<StateKey> keys)
    {
        foreach (var key in keys)
        {
            _view.Set(key, Read(key));
        }
    }
}
