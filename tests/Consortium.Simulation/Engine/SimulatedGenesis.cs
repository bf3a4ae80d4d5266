using System.Globalization;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Identifiers;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Simulation.Engine;

/// <summary>A genesis whose members sign with <see cref="SimulatedKeys"/>, and the keys of each member.</summary>
internal static class SimulatedGenesis
{
    /// <summary>Makes a genesis.</summary>
    /// <param name="memberCount">From 1 to <see cref="LedgerLimits.MembersMax"/>; each has one key as its authority.</param>
    /// <param name="shardCount">Shards of each class.</param>
    /// <param name="blockInterval">Time between blocks that the target aims at; whole milliseconds.</param>
    /// <param name="targetCompact">The first and easiest target, as nBits.</param>
    /// <param name="halfLife">ASERT half-life; whole milliseconds.</param>
    /// <param name="finalityBlocks">Blocks' worth of work that make a block final.</param>
    /// <param name="validityMax">Longest time from order to valid_until; whole milliseconds.</param>
    /// <param name="time">No batch is earlier.</param>
    /// <exception cref="ArgumentException">Genesis refuses a number.</exception>
    public static Genesis Make(
        int memberCount,
        int shardCount,
        TimeSpan blockInterval,
        uint targetCompact,
        TimeSpan halfLife,
        int finalityBlocks,
        TimeSpan validityMax,
        DateTimeOffset time)
    {
        var message = new Wire.Genesis
        {
            Name = "simulation",
            TimeMs = (ulong)time.ToUnixTimeMilliseconds(),
            ShardCount = (uint)shardCount,
            BlockIntervalMs = Milliseconds(blockInterval),
            Target = targetCompact,
            HalfLifeMs = Milliseconds(halfLife),
            FinalityBlocks = (uint)finalityBlocks,
            ValidityMaxMs = Milliseconds(validityMax),
        };
        message.Members.AddRange(Enumerable.Range(0, memberCount).Select(MakeMember));
        return Genesis.FromMessage(message);
    }

    /// <summary>The key of a member's authority.</summary>
    /// <param name="member">Its place in the genesis.</param>
    public static SimulatedKey AuthorityKey(int member) => SimulatedKeys.At(2 * member);

    /// <summary>The key that signs the headers a member seals.</summary>
    /// <param name="member">Its place in the genesis.</param>
    public static SimulatedKey ProducerKey(int member) => SimulatedKeys.At((2 * member) + 1);

    /// <summary>A key that no member has.</summary>
    /// <param name="index">From 0 up to, not including, twice <see cref="LedgerLimits.MembersMax"/>.</param>
    public static SimulatedKey CustomerKey(int index) => SimulatedKeys.At((2 * LedgerLimits.MembersMax) + index);

    private static Wire.GenesisMember MakeMember(int member)
    {
        var authority = new Wire.Authority { Threshold = 1 };
        authority.Keys.Add(Bytes(AuthorityKey(member)));
        return new Wire.GenesisMember
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"Member {member}"),
            Lei = Lei.FromParts(string.Create(CultureInfo.InvariantCulture, $"529900SIMULATE{member:D4}")).ToString(),
            Authority = authority,
            ProducerKey = Bytes(ProducerKey(member)),
        };
    }

    private static ByteString Bytes(SimulatedKey key) => ByteString.CopyFrom(key.PublicKey.ToArray());

    private static ulong Milliseconds(TimeSpan span) => (ulong)(span.Ticks / TimeSpan.TicksPerMillisecond);
}
