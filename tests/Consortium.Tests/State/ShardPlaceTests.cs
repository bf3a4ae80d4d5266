using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Tests.State;

/// <summary>Which shard a key belongs to is part of the protocol: proofs and state roots depend on it (SPEC.md section 4).</summary>
public sealed class ShardPlaceTests
{
    // An owner's id, hexadecimal, filled up with zeros or, where it ends in ff, with ff.
    public static TheoryData<int, string, int> Indexes { get; } = new()
    {
        { 1, "00", 0 },
        { 1, "80", 0 },
        { 1, "ff", 0 },
        { 3, "55555555", 0 },
        { 3, "55555556", 1 },
        { 3, "aaaaaaaa", 1 },
        { 3, "aaaaaaab", 2 },
        { 16, "00", 0 },
        { 16, "0fffffff", 0 },
        { 16, "10000000", 1 },
        { 16, "efffffff", 14 },
        { 16, "ff", 15 },
        { 4096, "00", 0 },
        { 4096, "000fffff", 0 },
        { 4096, "00100000", 1 },
        { 4096, "ffefffff", 4094 },
        { 4096, "ff", 4095 },
    };

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Members_belong_to_the_governance_shards_which_come_first(int shardCount, string owner, int index) =>
        Assert.Equal(index, StateKey.Member(new MemberId(Owner(owner))).Shard(shardCount));

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Assets_belong_to_the_asset_shards_which_come_second(int shardCount, string owner, int index) =>
        Assert.Equal(shardCount + index, StateKey.Asset(new AssetId(Owner(owner))).Shard(shardCount));

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Accounts_and_their_holdings_belong_to_one_account_shard_and_these_come_last(int shardCount, string owner, int index)
    {
        var account = new AccountId(Owner(owner));
        var instrument = new Instrument(new AssetId(Owner("ff")), Right.Full, 0, 0);
        Assert.Equal((2 * shardCount) + index, StateKey.Account(account).Shard(shardCount));
        Assert.Equal((2 * shardCount) + index, StateKey.Holding(account, instrument).Shard(shardCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(LedgerLimits.ShardsMax)]
    public void Every_number_names_one_place_and_every_class_has_as_many(int shardCount)
    {
        var places = Enumerable.Range(0, ShardPlace.Total(shardCount)).Select(number => ShardPlace.FromNumber(number, shardCount)).ToArray();
        Assert.Equal(Enumerable.Range(0, 3 * shardCount), places.Select(place => place.Number(shardCount)));
        Assert.Equal(
            [(ShardClass.Governance, shardCount), (ShardClass.Asset, shardCount), (ShardClass.Account, shardCount)],
            places.GroupBy(place => place.Class).Select(places => (places.Key, places.DistinctBy(place => place.Index).Count())));
        Assert.All(places, place => Assert.InRange(place.Index, 0, shardCount - 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    public void A_number_beyond_the_shards_names_no_place(int number) =>
        Assert.Throws<InvariantBrokenException>(() => ShardPlace.FromNumber(number, shardCount: 4));

    [Fact]
    public void Numbers_of_classes_are_permanent_and_none_is_left_out_of_the_total()
    {
        Assert.Equal((0, 1, 2), ((int)ShardClass.Governance, (int)ShardClass.Asset, (int)ShardClass.Account));
        Assert.Equal(ShardPlace.ClassCount, Enum.GetValues<ShardClass>().Length);
        Assert.Equal(Enum.GetValues<ShardClass>(), Enum.GetValues<StateKind>().Select(ShardPlace.ClassOf).Distinct());
    }

    private static Digest Owner(string start)
    {
        var bytes = new byte[Digest.Size];
        bytes.AsSpan().Fill(start.EndsWith("ff", StringComparison.Ordinal) ? (byte)0xff : (byte)0);
        Convert.FromHexString(start).CopyTo(bytes, 0);
        return Digest.FromBytes(bytes);
    }
}
