using Consortium.Ledger.Blocks;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>Decides what the clients of one run send and read, from its seed. Not for use by two threads.</summary>
/// <remarks>
/// <list type="number">
/// <item>Until <see cref="IsSetUp"/>: send what <see cref="SetupRequests"/> gives, tell the model every answer, and ask again.</item>
/// <item>Then ask <see cref="NextRequest"/> whenever a client is free. A transaction may come again: the same instance, the same bytes.</item>
/// <item>Tell the model every answer, or that it was lost, by the model's <c>On</c> methods. Without answers it takes for gone what
/// transactions on their way give.</item>
/// </list>
/// </remarks>
internal sealed class WorkloadDriver
{
    private const int KeptMax = 256;

    private readonly SeededRandom _random;
    private readonly WorkloadMix _mix;
    private readonly WorkloadSetup _setup;
    private readonly List<IntendedTransaction> _kept = new(KeptMax);
    private readonly Queue<(ulong DueMs, IntendedTransaction Transaction)> _later = new();

    public WorkloadDriver(Genesis genesis, ulong seed)
    {
        _random = SeededRandom.ForStream(seed, "workload");
        Model = new ClientModel(genesis, ClientHabits.Draw(_random, genesis.ValidityMaxMs));
        _mix = WorkloadMix.Draw(WorkloadCatalogue.All, _random);
        _setup = new WorkloadSetup(Model, _random);
    }

    public ClientModel Model { get; }

    /// <summary>Whether accounts, assets and holdings are believed to be there.</summary>
    public bool IsSetUp => _setup.IsDone;

    /// <summary>The requests that are due before the mix begins; none while their answers are outstanding.</summary>
    public IReadOnlyList<IReadOnlyList<IntendedTransaction>> SetupRequests(ulong nowMs)
    {
        var due = _setup.Next(nowMs);
        var requests = new List<IReadOnlyList<IntendedTransaction>>();
        for (var first = 0; first < due.Count; first += Model.Habits.RequestMax)
        {
            var request = new IntendedTransaction[Math.Min(Model.Habits.RequestMax, due.Count - first)];
            for (var i = 0; i < request.Length; i++)
            {
                request[i] = due[first + i];
                Model.OnSent(request[i]);
            }

            requests.Add(request);
        }

        return requests;
    }

    /// <summary>The next request of any client; never empty.</summary>
    public IReadOnlyList<IntendedTransaction> NextRequest(ulong nowMs)
    {
        Model.EndPledges(nowMs);
        var count = _random.Next(8) == 0 ? 1 + _random.Next(10) : 10 + _random.Next(Model.Habits.RequestMax - 9);
        var request = new List<IntendedTransaction>(count + 1);
        while (_later.TryPeek(out var later) && later.DueMs <= nowMs && request.Count < count)
        {
            Send(_later.Dequeue().Transaction, request);
        }

        for (var attempts = 0; request.Count < count && attempts < 4 * count; attempts++)
        {
            if (_kept.Count > 0 && _random.Happens(Model.Habits.RepeatPerMillion))
            {
                Send(_kept[_random.Next(_kept.Count)], request);
            }
            else if (_mix.Pick(_random).Next(Model, nowMs, _random) is { } transaction)
            {
                SendOrSpoil(transaction, nowMs, request);
            }
        }

        if (request.Count == 0 && WorkloadCatalogue.OpenAccount.Next(Model, nowMs, _random) is { } account)
        {
            // Nobody believes to have anything to give.
            Send(account, request);
        }

        return request;
    }

    /// <summary>Chooses the next read of a client.</summary>
    /// <param name="sealedHeight">The last block that the client knows of; 0 for none.</param>
    public IntendedRead NextRead(ulong sealedHeight)
    {
        var account = Model.Accounts.Count == 0 || _random.Next(50) == 0 ? Unusable.Account : Model.PickAccount(_random).Id;
        ulong? height = sealedHeight > 0 && _random.Next(3) == 0 ? 1 + (ulong)_random.Next(0, (long)sealedHeight) : null;
        return new IntendedRead(account, height);
    }

    private void SendOrSpoil(IntendedTransaction transaction, ulong nowMs, List<IntendedTransaction> request)
    {
        if (!_random.Happens(Model.Habits.MishapPerMillion))
        {
            Send(transaction, request);
            return;
        }

        var spoilt = Mishaps.Spoil(transaction, Model, nowMs, _random, out var isRepaired);
        Send(spoilt, request);
        if (isRepaired && spoilt != transaction)
        {
            _later.Enqueue((nowMs + (ulong)_random.Next(3_000), transaction));
        }
    }

    private void Send(IntendedTransaction transaction, List<IntendedTransaction> request)
    {
        Model.OnSent(transaction);
        request.Add(transaction);
        if (_random.Next(32) == 0)
        {
            Keep(transaction);
        }

        // Two clients, or one that lost patience: the same bytes twice at the same time.
        if (_random.Happens(Model.Habits.RepeatPerMillion / 4))
        {
            Model.OnSent(transaction);
            request.Add(transaction);
        }
    }

    /// <summary>Keeps some transactions to send them again, soon or when they have long expired.</summary>
    private void Keep(IntendedTransaction transaction)
    {
        if (_kept.Count < KeptMax)
        {
            _kept.Add(transaction);
        }
        else
        {
            _kept[_random.Next(KeptMax)] = transaction;
        }
    }
}
