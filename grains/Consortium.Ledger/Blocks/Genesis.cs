using Consortium.Ledger.Encoding;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Identifiers;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Members;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Work;

namespace Consortium.Ledger.Blocks;

/// <summary>The members and parameters that a network starts with, agreed before the first batch (SPEC.md section 6).</summary>
public sealed class Genesis
{
    private static readonly CanonicalParser<Wire.Genesis> Parser = new(Wire.Genesis.Parser);

    private Genesis(byte[] bytes, Wire.Genesis message, IReadOnlyList<Member> members)
    {
        Bytes = bytes;
        Message = message;
        Members = members;
        Network = Derive.Network(bytes);
    }

    /// <summary>Canonical bytes of <see cref="Wire.Genesis"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The network's id.</summary>
    public Digest Network { get; }

    /// <summary>The members, in the order given.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>The network's name.</summary>
    public string Name => Message.Name;

    /// <summary>UTC milliseconds; no batch is earlier.</summary>
    public ulong TimeMs => Message.TimeMs;

    /// <summary>Shards of each class (<see cref="ShardClass"/>).</summary>
    public int ShardCount => (int)Message.ShardCount;

    /// <summary>Shards of all classes together: how many the state has.</summary>
    public int Shards => ShardPlace.Total(ShardCount);

    /// <summary>Time between blocks that the target aims at.</summary>
    public ulong BlockIntervalMs => Message.BlockIntervalMs;

    /// <summary>The first and easiest target.</summary>
    public Target Target => Target.FromCompact(Message.Target);

    /// <summary>ASERT half-life.</summary>
    public ulong HalfLifeMs => Message.HalfLifeMs;

    /// <summary>Blocks' worth of work that make a block final.</summary>
    public uint FinalityBlocks => Message.FinalityBlocks;

    /// <summary>Longest time from order to valid_until.</summary>
    public ulong ValidityMaxMs => Message.ValidityMaxMs;

    private Wire.Genesis Message { get; }

    /// <summary>Reads and checks a genesis.</summary>
    /// <param name="bytes">Canonical bytes of <see cref="Wire.Genesis"/>.</param>
    /// <param name="genesis">The genesis, or <see langword="null"/>.</param>
    /// <returns>A sentence that says what is wrong with the genesis, or <see langword="null"/> when nothing is.</returns>
    public static string? TryRead(ReadOnlyMemory<byte> bytes, out Genesis? genesis)
    {
        genesis = null;
        var fault = Parser.TryRead(bytes.Span, out var message);
        if (message is null)
        {
            return fault;
        }

        fault = CheckNumbers(message);
        var members = new List<Member>();
        foreach (var wire in message.Members)
        {
            fault ??= TryReadMember(wire, members);
        }

        if (fault is null)
        {
            genesis = new Genesis(bytes.ToArray(), message, members);
        }

        return fault;
    }

    /// <summary>Makes a genesis from a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The genesis.</returns>
    /// <exception cref="ArgumentException">The message breaks a rule, which the exception's message names.</exception>
    public static Genesis FromMessage(Wire.Genesis message)
    {
        var fault = TryRead(message.ToByteArrayCanonical(), out var genesis);
        return genesis ?? throw new ArgumentException(fault, nameof(message));
    }

    /// <summary>The state that stands before the first batch: the members.</summary>
    /// <returns>One change per member.</returns>
    public IReadOnlyList<StateChange> InitialState() =>
        [.. Members.Select(member => new StateChange(StateKey.Member(member.Id), member))];

    /// <summary>Finds a member.</summary>
    /// <param name="id">The member's id.</param>
    /// <returns>The member, or <see langword="null"/>.</returns>
    public Member? FindMember(MemberId id) => Members.FirstOrDefault(member => member.Id == id);

    private static string? CheckNumbers(Wire.Genesis message)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(message.Name) is 0 or > LedgerLimits.NameBytesMax)
        {
            return "name must have 1 to 100 UTF-8 bytes.";
        }

        if (message.ShardCount is 0 or > LedgerLimits.ShardsMax)
        {
            return $"shard_count must be from 1 to {LedgerLimits.ShardsMax}.";
        }

        if (!Target.TryFromCompact(message.Target, out _))
        {
            return "target must be a positive 256-bit number in compact form.";
        }

        // An hour and a thousand years keep every product of the target's exponent within 64 bits.
        if (message.BlockIntervalMs is 0 or > 3_600_000 || message.HalfLifeMs is 0 or > 31_536_000_000)
        {
            return "block_interval_ms must be from 1 to an hour, half_life_ms from 1 to a year.";
        }

        if (message.FinalityBlocks is 0 or > 1_000_000)
        {
            return "finality_blocks must be from 1 to 1,000,000.";
        }

        if (message.ValidityMaxMs is 0 or > 31_536_000_000)
        {
            return "validity_max_ms must be from 1 to a year.";
        }

        if (message.TimeMs > 32_503_680_000_000)
        {
            return "time_ms must be before the year 3000.";
        }

        return message.Members.Count is 0 or > LedgerLimits.MembersMax
            ? $"There must be 1 to {LedgerLimits.MembersMax} members."
            : null;
    }

    private static string? TryReadMember(Wire.GenesisMember wire, List<Member> members)
    {
        if (!Lei.TryParse(wire.Lei, out _))
        {
            return $"Member '{wire.Name}' has an LEI that does not pass ISO 17442.";
        }

        var form = new WireForm();
        var authority = form.Authority(wire.Authority, "authority");
        if (form.Fault is not null
            || authority.Threshold == 0
            || authority.Threshold > authority.Keys.Count
            || authority.Keys.Distinct().Count() != authority.Keys.Count
            || !authority.Keys.All(key => P256.IsValidPublicKey(key.ToArray())))
        {
            return $"Member '{wire.Name}' has an authority that is not usable: {form.Fault ?? RejectionText.Rule(Rejection.AuthorityInvalid)}";
        }

        if (!PublicKey.TryRead(wire.ProducerKey.Span, out var producer) || !P256.IsValidPublicKey(wire.ProducerKey.Span))
        {
            return $"Member '{wire.Name}' has a producer key that is not a point of P-256.";
        }

        if (wire.Name.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(wire.Name) > LedgerLimits.NameBytesMax)
        {
            return "A member's name must have 1 to 100 UTF-8 bytes.";
        }

        var id = Derive.Member(wire.Lei);
        if (members.Exists(member => member.Id == id))
        {
            return $"LEI {wire.Lei} is given twice.";
        }

        members.Add(new Member(id, wire.Name, wire.Lei, authority, producer));
        return null;
    }
}
