using Consortium.Ledger;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Workloads;
using Xunit.Abstractions;

namespace Consortium.Tests.Simulation;

/// <summary>Simulated clients send mostly valid transactions, and some invalid ones of every kind.</summary>
public sealed class WorkloadTests(ITestOutputHelper output)
{
    // These rules fail only where no authority that signed was needed; the ledger refuses such a transaction and records nothing.
    private static readonly Rejection[] NeverRecorded =
    [
        Rejection.MemberUnknown, Rejection.DealLegsTooMany, Rejection.SignedByRotatedKey, Rejection.SignaturesInsufficient, Rejection.ConsentMissing, Rejection.PledgeUnknown,
    ];

    [Fact]
    public void Every_kind_of_transaction_has_one_workload() =>
        Assert.Equal(TransactionCatalogue.All.Select(rules => rules.Kind), WorkloadCatalogue.All.Select(entry => entry.Workload.Kind));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Of_what_is_ordered_seven_in_ten_are_accepted(ulong seed)
    {
        var ledger = Run(seed, transactions: 4_000, lostPerMillion: 20_000);
        output.WriteLine($"sent {ledger.Sent}, ordered {ledger.Ordered}, accepted {ledger.Accepted}");
        output.WriteLine(string.Join(", ", ledger.Refusals));
        output.WriteLine(string.Join(", ", ledger.Surprises));
        Assert.True(ledger.Accepted * 10L >= ledger.Ordered * 7L, $"{ledger.Accepted} of {ledger.Ordered}");
        Assert.True(ledger.Ordered * 10L >= ledger.Sent * 7L, $"{ledger.Ordered} of {ledger.Sent}");
    }

    [Fact]
    public void What_clients_expect_comes_true_when_every_answer_arrives()
    {
        for (ulong seed = 10; seed < 14; seed++)
        {
            var ledger = Run(seed, transactions: 3_000, lostPerMillion: 0);
            output.WriteLine(string.Join(", ", ledger.Surprises));
            Assert.Empty(ledger.Leaks);
            Assert.True(ledger.Surprises.Values.Sum() * 50 <= ledger.Sent, $"seed {seed}: {string.Join(", ", ledger.Surprises)}");
        }
    }

    [Fact]
    public void Over_a_few_seeds_every_kind_is_accepted_and_every_rejection_that_can_be_recorded_is()
    {
        var expected = new SortedSet<Refusal>
        {
            Refusal.Malformed, Refusal.TooLarge, Refusal.WrongNetwork, Refusal.SignatureMissing, Refusal.SignaturesTooMany, Refusal.SignatureRepeated, Refusal.PublicKeyInvalid,
            Refusal.SignatureNotLowS, Refusal.SignatureInvalid, Refusal.SignedByRotatedKey, Refusal.NotAuthorised, Refusal.Expired, Refusal.ValidUntilTooFar,
        };
        var (kinds, rejections, refusals) = (new SortedSet<TransactionKind>(), new SortedSet<Rejection>(), new SortedSet<Refusal>());
        for (ulong seed = 20; seed < 60 && !(seed >= 30 && refusals.IsSupersetOf(expected)); seed++)
        {
            var ledger = Run(seed, transactions: 3_000, lostPerMillion: 10_000);
            kinds.UnionWith(ledger.AcceptedByKind.Keys);
            rejections.UnionWith(ledger.Rejections.Keys);
            refusals.UnionWith(ledger.Refusals.Keys);
        }

        output.WriteLine(string.Join(", ", rejections));
        output.WriteLine(string.Join(", ", refusals));
        Assert.Equal(TransactionCatalogue.All.Select(rules => rules.Kind), kinds);
        Assert.Empty(Enum.GetValues<Rejection>().Except(NeverRecorded).Except(rejections));
        Assert.Empty(NeverRecorded.Intersect(rejections));
        Assert.Superset(expected, refusals);
    }

    [Fact]
    public void One_seed_gives_one_history()
    {
        var first = Run(seed: 7, transactions: 1_500, lostPerMillion: 20_000);
        var second = Run(seed: 7, transactions: 1_500, lostPerMillion: 20_000);
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.NotEqual(first.Bytes, Run(seed: 8, transactions: 1_500, lostPerMillion: 20_000).Bytes);
    }

    [Fact]
    public void Deals_lead_and_requests_are_mostly_long()
    {
        var ledger = Run(seed: 9, transactions: 1_000, lostPerMillion: 0);
        var requests = Enumerable.Range(0, 100).Select(_ => ledger.Driver.NextRequest(ledger.TimeMs)).ToArray();
        Assert.All(requests, request => Assert.InRange(request.Count, 1, 61));
        Assert.True(requests.Count(request => request.Count >= 10) >= 75);
        Assert.True(requests.Sum(request => request.Count(intended => intended.Kind == TransactionKind.Deal)) * 2 > requests.Sum(request => request.Count));
    }

    [Fact]
    public void Signed_bytes_are_those_of_the_codec()
    {
        foreach (var size in new[] { 1, 127, 128, 16_383, 16_384 })
        {
            var payload = new byte[size];
            int[] signers = size == 1 ? [] : [3, 7];
            Assert.Equal(
                TransactionCodec.EncodeSigned(payload, signers.Select(place => (SimulatedKeys.At(place).PublicKey, SimulatedKeys.At(place).Sign(payload)))),
                TransactionWriter.Sign(payload, signers));
        }
    }

    private static WorkloadLedger Run(ulong seed, int transactions, int lostPerMillion)
    {
        var ledger = new WorkloadLedger(seed, lostPerMillion);
        ledger.SetUp();
        ledger.Run(transactions);
        return ledger;
    }
}
