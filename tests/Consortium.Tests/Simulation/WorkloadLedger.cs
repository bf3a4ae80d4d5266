using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Workloads;

namespace Consortium.Tests.Simulation;

/// <summary>A ledger without network and faults: transactions of the driver are checked, ordered at once and executed in memory.</summary>
internal sealed class WorkloadLedger
{
    private readonly StateView _view = new(int.MaxValue);
    private readonly Executor _executor;
    private readonly SimulatedSignatures _verifier = new();
    private readonly SeededRandom _answers;
    private readonly int _lostPerMillion;

    // Whether each ordered transaction was accepted, so that a duplicate gets the same answer.
    private readonly Dictionary<TransactionId, bool> _ordered = [];

    public WorkloadLedger(ulong seed, int lostPerMillion)
    {
        Genesis = SimulatedGenesis.Make(
            memberCount: 3,
            shardCount: 16,
            TimeSpan.FromSeconds(10),
            targetCompact: 0x2100ffff,
            TimeSpan.FromMinutes(10),
            finalityBlocks: 3,
            TimeSpan.FromHours(1),
            DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
        TimeMs = Genesis.TimeMs;
        _executor = new Executor(_view);
        _answers = SeededRandom.ForStream(seed, "answers");
        _lostPerMillion = lostPerMillion;
        foreach (var change in Genesis.InitialState())
        {
            _view.Set(change.Key, change.Value);
        }

        Driver = new WorkloadDriver(Genesis, seed);
    }

    public Genesis Genesis { get; }

    public WorkloadDriver Driver { get; }

    public ulong TimeMs { get; private set; }

    public int Sent { get; private set; }

    public int Ordered { get; private set; }

    public int Accepted { get; private set; }

    /// <summary>Counts of transactions that should have been accepted and were not, by their outcome.</summary>
    public SortedDictionary<string, int> Surprises { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<TransactionKind, int> AcceptedByKind { get; } = [];

    public SortedDictionary<Rejection, int> Rejections { get; } = [];

    public SortedDictionary<Refusal, int> Refusals { get; } = [];

    /// <summary>Transactions that should have been refused and were not.</summary>
    public List<string> Leaks { get; } = [];

    /// <summary>SHA-256 over everything that was sent, in order.</summary>
    public Digest Bytes { get; private set; }

    public void SetUp()
    {
        while (!Driver.IsSetUp)
        {
            foreach (var request in Driver.SetupRequests(TimeMs))
            {
                Submit(request);
            }

            TimeMs += 100;
        }
    }

    /// <summary>Has clients send until so many transactions were sent; several requests are on their way at a time.</summary>
    public void Run(int transactions)
    {
        for (var end = Sent + transactions; Sent < end; TimeMs += 1 + (ulong)_answers.Next(200))
        {
            var requests = new IReadOnlyList<IntendedTransaction>[1 + _answers.Next(6)];
            for (var i = 0; i < requests.Length; i++)
            {
                requests[i] = Driver.NextRequest(TimeMs);
            }

            foreach (var request in requests)
            {
                Submit(request);
            }
        }
    }

    private void Submit(IReadOnlyList<IntendedTransaction> request)
    {
        foreach (var intended in request)
        {
            Sent++;
            Bytes = Digest.Sha256([.. Bytes.ToArray(), .. intended.SignedBytes]);
            var isAccepted = Order(intended, out var refused);
            if (refused is { } refusal)
            {
                Refusals[refusal] = Refusals.GetValueOrDefault(refusal) + 1;
            }
            else if (intended.Expectation == Expectation.MustBeRefused)
            {
                Leaks.Add($"{intended.Kind} {intended.What}");
            }

            if (!isAccepted && intended is { Expectation: Expectation.ShouldBeAccepted, TimesSent: 1 })
            {
                var surprise = $"{intended.Kind} {intended.What} {refused}";
                Surprises[surprise] = Surprises.GetValueOrDefault(surprise) + 1;
            }

            Answer(intended, isAccepted, refused);
        }
    }

    private void Answer(IntendedTransaction intended, bool isAccepted, Refusal? refused)
    {
        var model = Driver.Model;
        if (_answers.Happens(_lostPerMillion))
        {
            model.OnLost(intended);
        }
        else if (refused is not null)
        {
            model.OnRefused(intended);
        }
        else if (isAccepted)
        {
            model.OnAccepted(intended);
        }
        else
        {
            model.OnRejected(intended);
        }
    }

    private bool Order(IntendedTransaction intended, out Refusal? refused)
    {
        refused = TransactionCodec.TryCheck(intended.SignedBytes, Genesis.Network, _verifier, out var transaction)?.Code;
        if (refused is not null || transaction is null)
        {
            return false;
        }

        Assert.Equal(intended.Id, transaction.Id);
        if (_ordered.TryGetValue(transaction.Id, out var isAccepted))
        {
            return isAccepted;
        }

        refused = ValidityRules.Check(transaction.ValidUntilMs, TimeMs, Genesis.ValidityMaxMs)?.Code;
        if (refused is not null)
        {
            return false;
        }

        var executed = _executor.Execute(transaction, TimeMs);
        refused = executed.ToRefused()?.Code;
        if (refused is not null)
        {
            return false;
        }

        _ordered.Add(transaction.Id, executed.Accepted);
        Count(executed);
        return executed.Accepted;
    }

    private void Count(ExecutedTransaction executed)
    {
        Ordered++;
        if (executed.Accepted)
        {
            Accepted++;
            AcceptedByKind[executed.Transaction.Body.Kind] = AcceptedByKind.GetValueOrDefault(executed.Transaction.Body.Kind) + 1;
        }

        foreach (var rejection in executed.Rejections)
        {
            Rejections[rejection.Code] = Rejections.GetValueOrDefault(rejection.Code) + 1;
        }
    }
}
