using System.Buffers.Binary;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Storage.Indexing;

/// <summary>The keys of the ledger index; their order as bytes is the order questions read them in.</summary>
/// <remarks>
/// Four families, told apart by the first byte; numbers big-endian. Assets are numbered to keep rows small. An interval
/// follows a right only where it has one: same right, same length, so the order is that of <see cref="Instrument"/>
/// within one asset.
/// <code>
/// 1 transaction: id's first 8 bytes, position 8, place 4       -> nothing
/// 2 holding:     account 32, instrument 5 or 21, height 8      -> canonical bytes
/// 3 holder:      asset 4, account 32, right 1, interval 16     -> nothing
/// 4 account:     owner 32, account 32, height 8                -> nothing
/// </code>
/// </remarks>
internal static class IndexKeys
{
    public const int SizeMax = 96;
    public const int AccountSize = 1 + Digest.Size;
    public const int HeightSize = 8;
    public const int TransactionPrefixSize = 9;

    private const byte TransactionFamily = 1;
    private const byte HoldingFamily = 2;
    private const byte HolderFamily = 3;
    private const byte AccountFamily = 4;

    public static int Transaction(Span<byte> key, TransactionId id)
    {
        Span<byte> full = stackalloc byte[Digest.Size];
        id.Digest.CopyTo(full);
        key[0] = TransactionFamily;
        full[..8].CopyTo(key[1..]);
        return TransactionPrefixSize;
    }

    public static int Transaction(Span<byte> key, TransactionId id, ulong position, int place)
    {
        Transaction(key, id);
        BinaryPrimitives.WriteUInt64BigEndian(key[9..], position);
        BinaryPrimitives.WriteInt32BigEndian(key[17..], place);
        return 21;
    }

    public static (ulong Position, int Index) ReadTransaction(ReadOnlySpan<byte> key) =>
        (BinaryPrimitives.ReadUInt64BigEndian(key[9..]), BinaryPrimitives.ReadInt32BigEndian(key[17..]));

    public static int Holdings(Span<byte> key, AccountId account)
    {
        key[0] = HoldingFamily;
        account.Digest.CopyTo(key[1..]);
        return AccountSize;
    }

    public static int Holding(Span<byte> key, AccountId account, uint asset, Instrument instrument, ulong height)
    {
        var length = Holdings(key, account);
        BinaryPrimitives.WriteUInt32BigEndian(key[length..], asset);
        length += 4 + Right(key[(length + 4)..], instrument);
        BinaryPrimitives.WriteUInt64BigEndian(key[length..], height);
        return length + HeightSize;
    }

    /// <summary>The instrument part of a holding's key.</summary>
    public static ReadOnlySpan<byte> InstrumentOf(ReadOnlySpan<byte> holdingKey) => holdingKey[AccountSize..^HeightSize];

    public static ulong HeightOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key[^HeightSize..]);

    public static uint AssetOf(ReadOnlySpan<byte> instrument) => BinaryPrimitives.ReadUInt32BigEndian(instrument);

    public static Instrument ReadInstrument(ReadOnlySpan<byte> instrument, AssetId asset) => instrument.Length == 5
        ? new Instrument(asset, (Right)instrument[4], 0, 0)
        : new Instrument(
            asset,
            (Right)instrument[4],
            BinaryPrimitives.ReadUInt64BigEndian(instrument[5..]),
            BinaryPrimitives.ReadUInt64BigEndian(instrument[13..]));

    public static int Holders(Span<byte> key, uint asset)
    {
        key[0] = HolderFamily;
        BinaryPrimitives.WriteUInt32BigEndian(key[1..], asset);
        return 5;
    }

    public static int Holder(Span<byte> key, uint asset, AccountId account)
    {
        var length = Holders(key, asset);
        account.Digest.CopyTo(key[length..]);
        return length + Digest.Size;
    }

    public static int Holder(Span<byte> key, uint asset, AccountId account, Instrument instrument)
    {
        var length = Holder(key, asset, account);
        return length + Right(key[length..], instrument);
    }

    public static AccountId ReadHolder(ReadOnlySpan<byte> key) => new(Digest.FromBytes(key.Slice(5, Digest.Size)));

    /// <summary>A holder's key says the same as a holding's without the height.</summary>
    public static int HoldingOfHolder(Span<byte> key, ReadOnlySpan<byte> holder)
    {
        var length = Holdings(key, ReadHolder(holder));
        holder.Slice(1, 4).CopyTo(key[length..]);
        holder[(5 + Digest.Size)..].CopyTo(key[(length + 4)..]);
        return length + 4 + (holder.Length - 5 - Digest.Size);
    }

    public static int Accounts(Span<byte> key, PartyId owner)
    {
        key[0] = AccountFamily;
        owner.Digest.CopyTo(key[1..]);
        return AccountSize;
    }

    public static int Account(Span<byte> key, PartyId owner, AccountId account, ulong height)
    {
        var length = Accounts(key, owner);
        account.Digest.CopyTo(key[length..]);
        BinaryPrimitives.WriteUInt64BigEndian(key[(length + Digest.Size)..], height);
        return length + Digest.Size + HeightSize;
    }

    public static AccountId ReadAccount(ReadOnlySpan<byte> key) => new(Digest.FromBytes(key.Slice(AccountSize, Digest.Size)));

    private static int Right(Span<byte> key, Instrument instrument)
    {
        key[0] = (byte)instrument.Right;
        if (instrument.Right == Ledger.Assets.Right.Full)
        {
            // A full right has no interval: the length follows from the right alone.
            Invariant.Holds(instrument.IsValid);
            return 1;
        }

        BinaryPrimitives.WriteUInt64BigEndian(key[1..], instrument.FromMs);
        BinaryPrimitives.WriteUInt64BigEndian(key[9..], instrument.UntilMs);
        return 17;
    }
}
