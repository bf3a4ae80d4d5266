using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Members;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Ledger;

/// <summary>Arbitrary bodies and state values of every kind, from a seed; their form is right, their content need not be.</summary>
internal sealed class RandomBodies(Random random)
{
    public TransactionBody Body(TransactionKind kind) => kind switch
    {
        TransactionKind.OpenAccount => new OpenAccount(new(Digest()), new(Digest()), Authority(), Flip(), Convert.ToHexStringLower(Bytes(32))),
        TransactionKind.RotateKeys => new RotateKeys(new(Digest()), Authority()),
        TransactionKind.RegisterAsset => new RegisterAsset(Definition()),
        TransactionKind.Issue => new Issue(new(Digest()), new(Digest()), Amount()),
        TransactionKind.Retire => new Retire(new(Digest()), new(Digest()), Amount()),
        TransactionKind.Deal => new Deal([.. Enumerable.Range(0, random.Next(6)).Select(_ => Leg())], Text(150)),
        TransactionKind.Pledge => new Pledge(new(Digest()), Instrument(), Amount(), new(Digest()), new(Digest()), Number()),
        TransactionKind.Release => new Release(new(Digest()), Instrument(), new(Digest())),
        TransactionKind.SetFreeze => new SetFreeze(new(Digest()), Flip(), Text(150)),
    };

    public StateValue Value(StateKind kind) => kind switch
    {
        StateKind.Member => new Member(new(Digest()), Text(100), Text(20), Authority(), Key()),
        StateKind.Asset => new Asset(new(Digest()), Definition()),
        StateKind.Account => new Account(new(Digest()), new(Digest()), new(Digest()), Authority(), KeyList(), Flip(), Flip(), new(Flip() ? Digest() : default)),
        StateKind.Holding => Holding(),
    };

    public Instrument Instrument() => new(new(Digest()), (Right)random.Next(256), Number(), Number());

    public Digest Digest() => Consortium.Ledger.Digest.FromBytes(Exactly(32));

    public ulong Number() => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)) >> random.Next(64);

    public UInt128 Wide(int bits) => (((UInt128)unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)) << 64) | Number()) >> (128 - random.Next(1, bits + 1));

    private Holding Holding()
    {
        var lots = Lots.From(Enumerable.Range(0, random.Next(8)).Select(_ => Lot.Acquired(Wide(90), random.NextInt64(1L << 40))));
        return new Holding(
            Flip() ? -(Int128)Wide(96) : (Int128)Wide(96),
            lots,
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Pledged(new(Digest()), Amount(), new(Digest()), Number()))],
            CoinSeconds.FromValue((System.Numerics.BigInteger)Wide(127) << random.Next(100)));
    }

    private AssetDefinition Definition() => new(
        new(Digest()),
        Text(100),
        (Wire.AssetKind)random.Next(9),
        (uint)random.Next(30),
        new Amount(Wide(127)),
        Text(12),
        Text(3),
        Flip() ? default : Digest(),
        (Wire.FinalityLevel)random.Next(5));

    private DealLeg Leg() => new(new(Digest()), Instrument(), Flip() ? -(Int128)Amount().Units : (Int128)Amount().Units);

    private Amount Amount() => new(Wide(95) + 1);

    private Authority Authority() => new(unchecked((uint)Number()), KeyList());

    private PublicKey[] KeyList() => [.. Enumerable.Range(0, random.Next(5)).Select(_ => Key())];

    private PublicKey Key() => new(Digest(), Digest());

    private string Text(int bytesMax)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next((bytesMax / 4) + 1)).Select(_ => "aZ é€😀\0"[..].EnumerateRunes().ElementAt(random.Next(7)).ToString()));
        return text;
    }

    private byte[] Bytes(int max) => Exactly(random.Next(max + 1));

    private byte[] Exactly(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private bool Flip() => random.Next(2) == 0;
}
