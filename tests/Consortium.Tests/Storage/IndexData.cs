using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;

namespace Consortium.Tests.Storage;

/// <summary>Blocks for index tests.</summary>
internal static class IndexData
{
    public static AccountId Account(int number) => new(Digest(1, number));

    public static AssetId Asset(int number) => new(Digest(2, number));

    public static PartyId Owner(int number) => new(Digest(3, number));

    public static TransactionId Transaction(int number) => new(Digest(4, number));

    public static Instrument Full(int asset) => Instrument.Full(Asset(asset));

    public static Instrument Use(int asset, ulong from, ulong until) => new(Asset(asset), Right.Use, from, until);

    public static Digest Digest(int kind, int number) =>
        Consortium.Ledger.Digest.Sha256([(byte)kind, (byte)(number & 0xff), (byte)((number >> 8) & 0xff), (byte)((number >> 16) & 0xff)]);

    public static StateChange Holds(int account, Instrument instrument, long posted) => new(
        StateKey.Holding(Account(account), instrument),
        new Holding(posted, posted > 0 ? Lots.From([Lot.Acquired((UInt128)posted, 1_700_000_000)]) : Lots.None, [], default));

    public static StateChange Opens(int account, int owner, bool frozen = false) => new(
        StateKey.Account(Account(account)),
        new Account(Account(account), default, Owner(owner), Authority.Single(new PublicKey(Digest(5, 1), Digest(5, 2))), [], frozen, false, default));

    public static SealedBlock Block(
        ulong height,
        ulong lastPosition,
        ulong sealPosition,
        IReadOnlyList<IndexedTransaction>? transactions = null,
        params StateChange[] changes) => new(
            new BlockSeal(
                new BlockHeader(default, height, default, default, default, default, height * 1000, lastPosition, 0, default, 0, height),
                Enumerable.Repeat((byte)(height & 0xff), P256.SignatureSize).ToArray()),
            sealPosition,
            transactions ?? [],
            changes);

    /// <summary>Blocks of two batches each: heights from one on, positions 3h - 2 and 3h - 1, sealed at 3h.</summary>
    public static SealedBlock Simple(ulong height, params StateChange[] changes) =>
        Block(height, (3 * height) - 1, 3 * height, [new IndexedTransaction(Transaction((int)height), (3 * height) - 2, 4)], changes);
}
