using System.Diagnostics;
using System.Globalization;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Verification;
using Google.Protobuf;
using Xunit.Abstractions;

namespace Consortium.Tests.Ledger;

/// <summary>
/// Spoilt, cut, random, nested and oversized bytes into everything that reads what a stranger sent. The number of cases and the
/// seed come from <c>CONSORTIUM_FUZZ_COUNT</c> and <c>CONSORTIUM_FUZZ_SEED</c>.
/// </summary>
public sealed class PayloadFuzzTests(ITestOutputHelper output)
{
    private const long BytesPerCaseMax = 64L << 20;
    private static readonly TimeSpan TimePerCaseMax = TimeSpan.FromSeconds(5);
    private readonly P256VerifierCache _verifiers = new(64);
    private readonly LedgerFixture _ledger = new();

    [Fact]
    public void Nothing_that_a_stranger_sends_throws_hangs_or_allocates_without_bound()
    {
        var count = Setting("CONSORTIUM_FUZZ_COUNT", 50_000);
        var seed = Setting("CONSORTIUM_FUZZ_SEED", Environment.TickCount);
        output.WriteLine($"CONSORTIUM_FUZZ_COUNT={count} CONSORTIUM_FUZZ_SEED={seed}");
        var random = new Random(seed);
        var subjects = Subjects();
        var (reached, worstBytes, worstTime) = (0, 0L, TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            var bytes = Case(subjects, random);
            var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            try
            {
                reached += Feed(bytes) ? 1 : 0;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"Case {i} of seed {seed} threw; {bytes.Length} bytes: {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 4_096)))}", exception);
            }

            worstBytes = Math.Max(worstBytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
            worstTime = TimeSpan.FromTicks(Math.Max(worstTime.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
            Assert.True(worstBytes < BytesPerCaseMax && worstTime < TimePerCaseMax, $"Case {i} of seed {seed} took {worstBytes} bytes, {worstTime}.");
        }

        output.WriteLine($"{reached} cases reached the rules; the worst took {worstBytes} bytes, another {worstTime.TotalMilliseconds:F1} ms");
        Assert.True(reached > 0);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private byte[][] Subjects()
    {
        var subjects = new List<byte[]>();
        foreach (var kind in Enum.GetValues<TransactionKind>())
        {
            var good = GoodTransactions.Of(kind, _ledger);
            var payload = TransactionCodec.EncodePayload(LedgerFixture.Genesis.Network, LedgerFixture.StartMs + 1, [1, 2], good.Body);
            subjects.Add(payload);
            subjects.Add(TransactionCodec.EncodeSigned(payload, good.Signers.Select(name => (Keys.Of(name), Keys.Sign(name, payload)))));
        }

        subjects.AddRange(_ledger.State.Select(entry => entry.Value.Encode()));
        subjects.Add(LedgerFixture.Genesis.Bytes.ToArray());
        subjects.Add(new BlockSeal(LedgerVectors.Header, new byte[64]).ToArray());
        subjects.Add(Proof());
        subjects.Add(new Consortium.Ledger.Wire.Batch
        {
            Position = 3,
            TimeMs = LedgerFixture.StartMs,
            Transactions = { ByteString.CopyFrom(subjects[1]), ByteString.CopyFrom(subjects[3]) },
            Outcomes = { new Consortium.Ledger.Wire.Outcome(), new Consortium.Ledger.Wire.Outcome() },
        }.ToByteArray());
        var tree = SparseMerkleTree.FromEntries([.. _ledger.State.Select(entry => (entry.Key.ToArray(), entry.Value.Encode()))]);
        subjects.AddRange(_ledger.State.Select(entry => tree.Prove(Digest.Sha256(entry.Key.ToArray())).Encode()));
        return [.. subjects];
    }

    private static byte[] Proof() => new Consortium.Ledger.Wire.Proof
    {
        Genesis = ByteString.CopyFrom(LedgerFixture.Genesis.Bytes.Span),
        Headers = { ByteString.CopyFrom(new BlockSeal(LedgerVectors.Header, new byte[64]).ToArray()) },
        Height = 7,
        State = new Consortium.Ledger.Wire.StateContent
        {
            Key = ByteString.CopyFrom(StateKey.Member(LedgerFixture.Bank).ToArray()),
            Proof = ByteString.CopyFrom(new byte[3]),
            ShardRoot = ByteString.CopyFrom(new byte[32]),
        },
    }.ToByteArray();

    private static byte[] Case(byte[][] subjects, Random random)
    {
        var subject = subjects[random.Next(subjects.Length)];
        switch (random.Next(40))
        {
            case < 28:
                return Mutation.Of(subject, random);
            case < 32:
                // Spoilt inside, whole outside: the payload is canonical and its signature is not asked for here.
                return Mutation.Of(new RandomPayload(random).Bytes(), random);
            case < 36:
                return new RandomPayload(random).Bytes();
            case < 38:
                var bytes = new byte[random.Next(300)];
                random.NextBytes(bytes);
                return bytes;
            case 38:
                return [.. Enumerable.Repeat(subject[..random.Next(subject.Length + 1)], random.Next(1, 40)).SelectMany(part => part)];
            default:
                return Nested(random);
        }
    }

    // Length-delimited fields within each other, groups that never end, or many small fields of one number.
    private static byte[] Nested(Random random)
    {
        var tag = (byte)((random.Next(1, 16) << 3) | 2);
        switch (random.Next(random.Next(20) == 0 ? 4 : 2))
        {
            case 0:
                byte[] bytes = [];
                for (var depth = random.Next(300); depth > 0; depth--)
                {
                    using var stream = new MemoryStream();
                    using var writer = new CodedOutputStream(stream);
                    writer.WriteRawTag(tag);
                    writer.WriteBytes(ByteString.CopyFrom(bytes));
                    writer.Flush();
                    bytes = stream.ToArray();
                }

                return bytes;
            case 1:
                return [.. Enumerable.Repeat((byte)((random.Next(1, 16) << 3) | 3), random.Next(2_000))];
            case 2:
                return [.. Enumerable.Repeat(new byte[] { tag, 0 }, random.Next(40_000)).SelectMany(part => part)];
            default:
                var large = new byte[random.Next(200_000)];
                random.NextBytes(large);
                return large;
        }
    }

    private bool Feed(byte[] bytes)
    {
        var network = LedgerFixture.Genesis.Network;
        Assert.True(TransactionCodec.TryCheck(bytes, network, _verifiers, out var signed) is null == signed is not null);
        Assert.True(TransactionCodec.TryDecodeUnsigned(bytes, network, [Keys.Of("alice"), Keys.Of("bank")], out var transaction) is null == transaction is not null);
        foreach (var kind in Enum.GetValues<StateKind>())
        {
            Assert.True(StateValue.Decode(kind, bytes) is not { } value || value.Encode().AsSpan().SequenceEqual(bytes));
        }

        Assert.True(!BlockSeal.TryRead(bytes, out var seal) || seal.ToArray().AsSpan().SequenceEqual(bytes));
        _ = seal is null ? null : ChainRules.CheckWork(LedgerFixture.Genesis, seal, _verifiers);
        _ = seal is null ? 0 : ChainRules.NextTarget(LedgerFixture.Genesis, seal.Header.Height, seal.Header.TimeMs);
        Assert.True(Genesis.TryRead(bytes, out var genesis) is null == genesis is not null);
        Assert.True(!StateProof.TryDecode(bytes, out var proof) || proof.Encode().AsSpan().SequenceEqual(bytes));
        StateKey.TryRead(bytes, out _);
        Assert.True(ProofVerifier.Check(bytes, network, out var report) is null == report is not null);
        Assert.NotNull(CheckedBatch.Check(bytes, network, _verifiers).Message);
        if ((signed ?? transaction) is not { } reached)
        {
            return false;
        }

        ExecutedTransaction executed = _ledger.Execute(reached);
        Assert.Equal(executed.ToOutcome(), Consortium.Ledger.Wire.Outcome.Parser.ParseFrom(executed.ToOutcome().ToByteArray()));
        return true;
    }

    private sealed class RandomPayload(Random random)
    {
        public byte[] Bytes()
        {
            var kinds = Enum.GetValues<TransactionKind>();
            return TransactionCodec.EncodePayload(
                LedgerFixture.Genesis.Network, 1, [], new RandomBodies(random).Body(kinds[random.Next(kinds.Length)]));
        }
    }
}
