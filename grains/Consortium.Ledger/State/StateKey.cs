using System.Buffers.Binary;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.State;

/// <summary>Names one value of the ledger's state.</summary>
/// <remarks>Equality is by content. <see langword="default"/> names nothing.</remarks>
/// <param name="Kind">The kind of record that the key names.</param>
/// <param name="Owner">The member, asset or account; with the kind it decides the shard, so an account and its holdings live together.</param>
/// <param name="Instrument">For a holding, its instrument; otherwise <see langword="default"/>.</param>
public readonly record struct StateKey(StateKind Kind, Digest Owner, Instrument Instrument)
{
    private const int InstrumentSize = Digest.Size + 1 + 8 + 8;

    /// <summary>The key of a member.</summary>
    /// <param name="id">The member.</param>
    /// <returns>The key.</returns>
    public static StateKey Member(MemberId id) => new(StateKind.Member, id.Digest, default);

    /// <summary>The key of an asset.</summary>
    /// <param name="id">The asset.</param>
    /// <returns>The key.</returns>
    public static StateKey Asset(AssetId id) => new(StateKind.Asset, id.Digest, default);

    /// <summary>The key of an account.</summary>
    /// <param name="id">The account.</param>
    /// <returns>The key.</returns>
    public static StateKey Account(AccountId id) => new(StateKind.Account, id.Digest, default);

    /// <summary>The key of a holding.</summary>
    /// <param name="account">The account.</param>
    /// <param name="instrument">The instrument of the holding.</param>
    /// <returns>The key.</returns>
    public static StateKey Holding(AccountId account, Instrument instrument) =>
        new(StateKind.Holding, account.Digest, instrument);

    /// <summary>Reads the canonical bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="key">The key, or <see langword="default"/>.</param>
    /// <returns>Whether the bytes are a key.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out StateKey key)
    {
        key = default;
        if (bytes.Length < 1 + Digest.Size || bytes[0] < (int)StateKind.Member || bytes[0] > (int)StateKind.Holding)
        {
            return false;
        }

        var kind = (StateKind)bytes[0];
        var owner = Digest.FromBytes(bytes.Slice(1, Digest.Size));
        var rest = bytes[(1 + Digest.Size)..];
        if (kind != StateKind.Holding)
        {
            key = new StateKey(kind, owner, default);
            return rest.IsEmpty;
        }

        if (rest.Length != InstrumentSize)
        {
            return false;
        }

        var instrument = new Instrument(
            new AssetId(Digest.FromBytes(rest[..Digest.Size])),
            (Right)rest[Digest.Size],
            BinaryPrimitives.ReadUInt64BigEndian(rest[(Digest.Size + 1)..]),
            BinaryPrimitives.ReadUInt64BigEndian(rest[(Digest.Size + 9)..]));
        key = new StateKey(kind, owner, instrument);
        return true;
    }

    /// <summary>Writes the canonical bytes: kind, owner and, for a holding, asset, right, from and until.</summary>
    /// <returns>33 bytes, or 82 for a holding.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[1 + Digest.Size + (Kind == StateKind.Holding ? InstrumentSize : 0)];
        bytes[0] = (byte)Kind;
        Owner.CopyTo(bytes.AsSpan(1));
        if (Kind == StateKind.Holding)
        {
            var rest = bytes.AsSpan(1 + Digest.Size);
            Instrument.Asset.Digest.CopyTo(rest);
            rest[Digest.Size] = (byte)Instrument.Right;
            BinaryPrimitives.WriteUInt64BigEndian(rest[(Digest.Size + 1)..], Instrument.FromMs);
            BinaryPrimitives.WriteUInt64BigEndian(rest[(Digest.Size + 9)..], Instrument.UntilMs);
        }

        return bytes;
    }

    /// <summary>The shard that owns the key: in the class of its kind, the owner's first four bytes scaled to the shards of the class.</summary>
    /// <param name="shardCount">The genesis' shard count: shards per class.</param>
    /// <returns>Number among the shards of all classes (<see cref="ShardPlace"/>): 0 to 3 times <paramref name="shardCount"/> - 1.</returns>
    public int Shard(int shardCount)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        Owner.CopyTo(bytes);
        var index = (int)(((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) * (ulong)shardCount) >> 32);
        return new ShardPlace(ShardPlace.ClassOf(Kind), index).Number(shardCount);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Owner.GetHashCode() * 31) ^ Instrument.GetHashCode() ^ (int)Kind);
}
