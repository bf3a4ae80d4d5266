using System.Buffers.Binary;
using System.Diagnostics;
using Consortium.Api;
using Consortium.Client.Keys;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;

namespace Consortium.Client.Load;

/// <summary>Signs a load's transactions ahead of time, on all cores.</summary>
internal static class LoadSigner
{
    // 350 bytes each: under 2 GB however long the load.
    private const int TransactionsMax = 4_000_000;

    /// <summary>The number of transactions to sign: as many as a gateway could answer at the very most.</summary>
    public static int Count(LoadOptions options, TimeProvider timeProvider)
    {
        var signatures = options.TwoParty ? 2 : 1;
        var perSecond = options.Rate ?? (options.TransactionsMax is null ? VerificationsPerSecond(timeProvider) / signatures : TransactionsMax);
        var count = Math.Min(options.Duration.TotalSeconds * perSecond, TransactionsMax);
        return Math.Max(1, Math.Min((int)count, options.TransactionsMax ?? TransactionsMax));
    }

    public static LoadRequest[] Sign(
        LoadLedger ledger,
        LoadPlan plan,
        LoadOptions options,
        long from,
        int count,
        TimeProvider timeProvider)
    {
        var validUntilMs = (ulong)(timeProvider.GetUtcNow() + ledger.ValidFor).ToUnixTimeMilliseconds();
        var requests = new LoadRequest[(count + options.BatchSize - 1) / options.BatchSize];
        Parallel.For(0, requests.Length, i =>
        {
            var first = (long)i * options.BatchSize;
            var size = (int)Math.Min(options.BatchSize, count - first);
            var (transactions, ids) = (new ReadOnlyMemory<byte>[size], new TransactionId[size]);
            for (var j = 0; j < size; j++)
            {
                (transactions[j], ids[j]) = Sign(ledger, plan, options.TwoParty, from + first + j, validUntilMs);
            }

            requests[i] = new LoadRequest(SubmissionBytes.Join(transactions), ids);
        });
        return requests;
    }

    private static (byte[] Bytes, TransactionId Id) Sign(
        LoadLedger ledger,
        LoadPlan plan,
        bool twoParty,
        long number,
        ulong validUntilMs)
    {
        var (payerPlace, payeePlace) = plan[number];
        var (payer, payee) = (ledger.Accounts[payerPlace], ledger.Accounts[payeePlace]);
        var cash = Instrument.Full(ledger.Cash);
        var legs = new List<DealLeg> { new(payer.Id, cash, -1), new(payee.Id, cash, 1) };
        if (twoParty)
        {
            var thing = Instrument.Full(ledger.Thing);
            legs.Add(new DealLeg(payee.Id, thing, -1));
            legs.Add(new DealLeg(payer.Id, thing, 1));
        }

        var salt = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(salt, number);
        var unsigned = ledger.Builder.Build(new Deal(legs, string.Empty), validUntilMs, salt);
        var signatures = new List<(PublicKey, byte[])> { (payer.Key.PublicKey, SignWith(payer.Key, unsigned.Payload)) };
        if (twoParty)
        {
            signatures.Add((payee.Key.PublicKey, SignWith(payee.Key, unsigned.Payload)));
        }

        return (TransactionCodec.EncodeSigned(unsigned.Payload, signatures), unsigned.Id);
    }

    // One key signs for several transactions at a time, and a key is for one thread at a time.
    private static byte[] SignWith(SigningKey key, ReadOnlyMemory<byte> payload)
    {
        lock (key)
        {
            return key.Sign(payload.Span);
        }
    }

    /// <summary>Raw speed of all cores: no gateway on this machine can acknowledge more.</summary>
    private static double VerificationsPerSecond(TimeProvider timeProvider)
    {
        using var key = SigningKey.Generate();
        var message = new byte[32];
        var (signature, publicKey) = (key.Sign(message), key.PublicKey.ToArray());
        var verifiers = new P256VerifierCache();
        var valid = verifiers.Verify(publicKey, message, signature);
        Debug.Assert(valid, "a fresh signature verifies");
        long done = 0;
        var started = timeProvider.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            long mine = 0;
            while (timeProvider.GetElapsedTime(started) < TimeSpan.FromMilliseconds(300))
            {
                valid &= verifiers.Verify(publicKey, message, signature);
                mine++;
            }

            Interlocked.Add(ref done, mine);
        });
        return done / timeProvider.GetElapsedTime(started).TotalSeconds;
    }
}
