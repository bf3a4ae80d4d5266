using Consortium.Ledger;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Faults that happen to a transaction between the client that made it and the ledger.</summary>
internal static class Mishaps
{
    private const ulong DayMs = 86_400_000;

    /// <summary>Spoils a transaction.</summary>
    /// <param name="transaction">The transaction as it was made.</param>
    /// <param name="model">The model of the network's clients.</param>
    /// <param name="nowMs">The client's time.</param>
    /// <param name="random">Decides which fault happens.</param>
    /// <param name="isRepaired">Whether the client notices the fault and later sends the transaction as it was made.</param>
    public static IntendedTransaction Spoil(
        IntendedTransaction transaction, ClientModel model, ulong nowMs, SeededRandom random, out bool isRepaired)
    {
        if (transaction.Signers.Length == 0)
        {
            isRepaired = false;
            return transaction;
        }

        isRepaired = random.Next(2) == 0;
        var validityMax = model.Genesis.ValidityMaxMs;
        switch (random.Next(16))
        {
            case < 4:
                isRepaired = true;
                return WithoutOne(transaction, random);
            case 4:
                return Damaged(transaction, random);
            case 5:
                return WrongSignature(transaction, model, random);
            case 6:
                return SignedTwice(transaction);
            case 7:
                return Copy(transaction, TransactionWriter.Sign(transaction.Payload, []), [], "no signature");
            case 8 when random.Next(4) == 0:
                return TooManySignatures(transaction);
            case 9 or 10:
                isRepaired = false;
                return SignedByAStranger(transaction, random);
            case 11:
                isRepaired = false;
                return Rewrite(transaction, nowMs + validityMax, model.Genesis.Network, Expectation.MayBeRejected, "validity at its bound", model);
            case 12:
                isRepaired = false;
                return Rewrite(transaction, nowMs + validityMax + 1_000 + (ulong)random.Next(0, (long)DayMs), model.Genesis.Network, Expectation.MustBeRefused, "validity too far", model);
            case 13:
                isRepaired = false;
                return Rewrite(transaction, nowMs - Math.Min(nowMs, (ulong)random.Next(60_000)), model.Genesis.Network, Expectation.MustBeRefused, "expired", model);
            case 14:
                return Rewrite(transaction, transaction.ValidUntilMs, Digest.Sha256("another network"u8), Expectation.MustBeRefused, "another network", model);
            default:
                isRepaired = false;
                return Rewrite(transaction, nowMs + 1 + (ulong)random.Next(200), model.Genesis.Network, Expectation.MayBeRejected, "about to expire", model);
        }
    }

    /// <summary>Removes one signature; the transaction may reach the ledger before the signature is added.</summary>
    private static IntendedTransaction WithoutOne(IntendedTransaction transaction, SeededRandom random)
    {
        var (missing, signers) = (random.Next(transaction.Signers.Length), new int[transaction.Signers.Length - 1]);
        for (var i = 0; i < signers.Length; i++)
        {
            signers[i] = transaction.Signers[i < missing ? i : i + 1];
        }

        // Accounts may share keys, and clients that do not know the answer to a rotation sign twice over: it may suffice.
        return TransactionWriter.Copy(
            transaction, TransactionWriter.Sign(transaction.Payload, signers), signers, Expectation.MayBeRejected, "one signature missing");
    }

    private static IntendedTransaction Damaged(IntendedTransaction transaction, SeededRandom random)
    {
        var bytes = transaction.SignedBytes;
        switch (random.Next(4))
        {
            case 0:
                return Copy(transaction, bytes[..random.Next(bytes.Length)], transaction.Signers, "cut short");
            case 1:
                return Copy(transaction, [.. bytes, (byte)random.Next(256)], transaction.Signers, "one byte more");
            case 2 when random.Next(16) == 0:
                return Copy(transaction, [.. bytes, .. new byte[LedgerLimits.PayloadBytesMax + (LedgerLimits.SignaturesMax * 140)]], transaction.Signers, "too large");
            default:
                var damaged = bytes.AsSpan().ToArray();
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                return Copy(transaction, damaged, transaction.Signers, "one bit wrong");
        }
    }

    private static IntendedTransaction WrongSignature(IntendedTransaction transaction, ClientModel model, SeededRandom random)
    {
        var key = SimulatedKeys.At(transaction.Signers[0]);
        var value = key.Sign(transaction.Payload);
        switch (random.Next(3))
        {
            case 0:
                value[random.Next(value.Length)] ^= 1;
                return Wrapped(transaction, key.PublicKey, value, "signature wrong");
            case 1:
                // The order of the curve begins with 0xffffffff00000000, so this is in range and above its half.
                value[32] = 0x90;
                return Wrapped(transaction, key.PublicKey, value, "s is high");
            default:
                return random.Next(2) == 0
                    ? Wrapped(transaction, Unusable.Key, value, "key off the curve")
                    : Wrapped(transaction, SimulatedKeys.At(model.KeysOfMember(0)[0] + 1).PublicKey, value, "signature by another key");
        }
    }

    private static IntendedTransaction SignedTwice(IntendedTransaction transaction)
    {
        int[] signers = [.. transaction.Signers, transaction.Signers[0]];
        return Copy(transaction, TransactionWriter.Sign(transaction.Payload, signers), signers, "signed twice by one key");
    }

    private static IntendedTransaction TooManySignatures(IntendedTransaction transaction)
    {
        var signers = new int[LedgerLimits.SignaturesMax + 1];
        for (var i = 0; i < signers.Length; i++)
        {
            signers[i] = DrawnAuthority.FirstKey + i;
        }

        return Copy(transaction, TransactionWriter.Sign(transaction.Payload, signers), signers, "too many signatures");
    }

    /// <summary>A signature that nobody asked for changes nothing but the bytes.</summary>
    private static IntendedTransaction SignedByAStranger(IntendedTransaction transaction, SeededRandom random)
    {
        var stranger = DrawnAuthority.FirstKey + random.Next(DrawnAuthority.KeysMax);
        if (Array.IndexOf(transaction.Signers, stranger) >= 0 || transaction.Signers.Length >= LedgerLimits.SignaturesMax)
        {
            return transaction;
        }

        int[] signers = [stranger, .. transaction.Signers];
        return TransactionWriter.Copy(
            transaction, TransactionWriter.Sign(transaction.Payload, signers), signers, transaction.Expectation, "signed by a stranger too");
    }

    private static IntendedTransaction Wrapped(IntendedTransaction transaction, PublicKey key, byte[] value, string what) =>
        Copy(transaction, TransactionCodec.EncodeSigned(transaction.Payload, [(key, value)]), [], what);

    private static IntendedTransaction Copy(IntendedTransaction transaction, byte[] bytes, int[] signers, string what) =>
        TransactionWriter.Copy(transaction, bytes, signers, Expectation.MustBeRefused, what);

    private static IntendedTransaction Rewrite(
        IntendedTransaction transaction, ulong validUntilMs, Digest network, Expectation expectation, string what, ClientModel model) =>
        model.Writer.Rewrite(transaction, validUntilMs, network, expectation, what);
}
