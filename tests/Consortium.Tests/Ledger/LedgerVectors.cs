using System.Text.Json;
using System.Text.Json.Nodes;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

/// <summary>The examples that <c>tests/vectors/ledger</c> fixes: bytes and ids that must never change.</summary>
internal static class LedgerVectors
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static BlockHeader Header { get; } = new(
        LedgerFixture.Genesis.Network,
        Height: 7,
        Digest.Sha256("previous"u8),
        Digest.Sha256("transactions"u8),
        Digest.Sha256("receipts"u8),
        Digest.Sha256("state"u8),
        LedgerFixture.StartMs + 7_000,
        LastPosition: 41,
        TransactionCount: 12,
        LedgerFixture.Bank,
        TargetCompact: 0x2100ffff,
        Nonce: 0x0123456789abcdef);

    /// <summary>File names and their text.</summary>
    public static IEnumerable<(string File, string Text)> All()
    {
        foreach (var kind in Enum.GetValues<TransactionKind>())
        {
            yield return ($"{TransactionCatalogue.Find(kind)!.Name}.json", Text(OfKind(kind)));
        }

        yield return ("genesis.json", Text(new JsonObject
        {
            ["genesis"] = Hex(LedgerFixture.Genesis.Bytes.ToArray()),
            ["network_id"] = LedgerFixture.Genesis.Network.ToString(),
            ["state"] = State(LedgerFixture.Genesis.InitialState()),
            ["state_root"] = StateRoot(LedgerFixture.Genesis.InitialState()).ToString(),
        }));
        yield return ("block_header.json", Text(new JsonObject
        {
            ["header"] = Hex(Header.ToArray()),
            ["hash"] = Header.Hash.ToString(),
        }));
    }

    private static JsonObject OfKind(TransactionKind kind)
    {
        var ledger = new LedgerFixture();
        var good = GoodTransactions.Of(kind, ledger);
        var payload = TransactionCodec.EncodePayload(LedgerFixture.Genesis.Network, LedgerFixture.StartMs + 60_000, [0xca, 0xfe], good.Body);
        Assert.Null(TransactionCodec.TryDecodeUnsigned(payload, LedgerFixture.Genesis.Network, [.. good.Signers.Select(Keys.Of)], out var transaction));
        var before = ledger.State.ToDictionary(entry => entry.Key, entry => entry.Value.Encode());
        Assert.True(ledger.Execute(transaction!).Accepted);
        var changed = ledger.State.Where(entry => !before.TryGetValue(entry.Key, out var bytes) || !bytes.SequenceEqual(entry.Value.Encode()));
        var vector = new JsonObject
        {
            ["kind"] = TransactionCatalogue.Find(kind)!.Name,
            ["payload"] = Hex(payload),
            ["transaction_id"] = transaction!.Id.ToString(),
        };
        switch (good.Body)
        {
            case OpenAccount body:
                vector["account_id"] = body.AccountId.ToString();
                break;
            case RegisterAsset body:
                vector["asset_id"] = body.AssetId.ToString();
                vector["issuance_account_id"] = Derive.IssuanceAccount(body.AssetId).ToString();
                break;
        }

        vector["time_ms"] = LedgerFixture.StartMs;
        vector["state"] = State(changed.Select(entry => new StateChange(entry.Key, entry.Value)));
        return vector;
    }

    private static JsonArray State(IEnumerable<StateChange> changes) => [.. changes.Select(change => new JsonObject
    {
        ["key"] = Hex(change.Key.ToArray()),
        ["value"] = Hex(change.Value.Encode()),
        ["shard"] = change.Key.Shard(LedgerFixture.Genesis.ShardCount),
    })];

    private static Digest StateRoot(IReadOnlyList<StateChange> state)
    {
        var entries = state.ToLookup(
            change => change.Key.Shard(LedgerFixture.Genesis.ShardCount),
            change => (change.Key.ToArray(), change.Value.Encode()));
        return ChainRules.StateRoot(
            [.. Enumerable.Range(0, LedgerFixture.Genesis.Shards).Select(shard => SparseMerkleTree.FromEntries([.. entries[shard]]).Root)]);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Text(JsonObject vector) => vector.ToJsonString(Indented) + "\n";
}
