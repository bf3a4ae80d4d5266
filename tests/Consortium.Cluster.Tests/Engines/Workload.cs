using System.Security.Cryptography;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Cluster.Tests.Engines;

/// <summary>Transactions that are signed once and then ordered by each engine: some happen, some are rejected, and days pass meanwhile.</summary>
internal sealed class Workload : IDisposable
{
    private const int PerBatch = 6;

    // Half an hour before midnight: holdings keep a lot per day.
    private static readonly DateTimeOffset Begin = new(2023, 11, 14, 23, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(2);
    private readonly Genesis _genesis;
    private readonly ECDsa _memberKey;
    private readonly ECDsa _ownerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _strangersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly P256VerifierCache _verifiers = new();
    private readonly List<Transaction> _transactions = [];

    public Workload(Genesis genesis, ECDsa memberKey)
    {
        (_genesis, _memberKey) = (genesis, memberKey);
        Write();
        Batches =
        [
            .. _transactions.Chunk(PerBatch).Select((batch, index) => (Begin + (index * Step), (IReadOnlyList<Transaction>)batch)),
        ];
    }

    public IReadOnlyList<(DateTimeOffset Time, IReadOnlyList<Transaction> Transactions)> Batches { get; }

    public void Dispose()
    {
        _ownerKey.Dispose();
        _strangersKey.Dispose();
    }

    private void Write()
    {
        var custodian = _genesis.Members[0].Id;
        var accounts = new List<AccountId>();
        for (var i = 0; i < 12; i++)
        {
            var open = new OpenAccount(custodian, Derive.Party(custodian, $"owner {i % 5}"), Authority.Single(KeyOf(_ownerKey)), false, $"{i:x2}");
            accounts.Add(open.AccountId);
            Add(open, _memberKey);
        }

        var register = new RegisterAsset(new AssetDefinition(
            accounts[0], "unit", Wire.AssetKind.Other, 0, new Amount(10_000), "", "", default, Wire.FinalityLevel.Unspecified));
        var unit = Instrument.Full(register.AssetId);
        Add(register, _ownerKey);
        Add(new Issue(register.AssetId, accounts[1], new Amount(500)), _ownerKey);
        Add(new Issue(register.AssetId, accounts[2], new Amount(300)), _ownerKey);
        for (var i = 0; i < 60; i++)
        {
            var (from, to, units) = (accounts[1 + (i * 7 % 11)], accounts[1 + (i * 5 % 11)], 1 + (i * 13 % 60));
            Add(new Deal([new DealLeg(from, unit, -units), new DealLeg(to, unit, units)], $"deal {i}"), _ownerKey);
        }

        Add(new Retire(register.AssetId, accounts[1], new Amount(20)), _ownerKey);
        Add(new SetFreeze(accounts[2], Frozen: true, "court order"), _memberKey);
        Add(new Deal([new DealLeg(accounts[2], unit, -1), new DealLeg(accounts[1], unit, 1)], "frozen"), _ownerKey);
        Add(new SetFreeze(accounts[2], Frozen: false, "lifted"), _memberKey);
        Add(new Issue(register.AssetId, accounts[1], new Amount(50_000)), _ownerKey);
        Add(new Deal([new DealLeg(accounts[1], unit, -1), new DealLeg(accounts[3], unit, 1)], "not signed by the owner"), _strangersKey);
        Add(new RotateKeys(accounts[4], Authority.Single(KeyOf(_strangersKey))), _ownerKey);
    }

    private static PublicKey KeyOf(ECDsa key)
    {
        Assert.True(PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey));
        return publicKey;
    }

    private void Add(TransactionBody body, ECDsa key)
    {
        var time = Begin + (_transactions.Count / PerBatch * Step);
        var validUntil = (ulong)(time + TimeSpan.FromMinutes(30)).ToUnixTimeMilliseconds();
        var payload = TransactionCodec.EncodePayload(_genesis.Network, validUntil, BitConverter.GetBytes(_transactions.Count), body);
        var signed = TransactionCodec.EncodeSigned(payload, [(KeyOf(key), P256.Sign(key, payload))]);
        Assert.Null(TransactionCodec.TryCheck(signed, _genesis.Network, _verifiers, out var transaction));
        _transactions.Add(transaction!);
    }
}
