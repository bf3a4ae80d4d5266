using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Workloads;

namespace Consortium.Simulation.Cluster;

/// <summary>A client: sends transactions and reads through any gateway, and asks again until it has an answer.</summary>
internal sealed class SimulatedClient
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly SimulatedCluster _cluster;
    private readonly SimulatedProcess _process;
    private readonly SeededRandom _random;
    private readonly bool _setsUp;

    public SimulatedClient(SimulatedCluster cluster, int number)
    {
        _cluster = cluster;
        _process = new SimulatedProcess(cluster.Time, $"client-{number}", cluster.Plan.Epoch, cluster.OnProcessFailed);
        _random = SeededRandom.ForStream(cluster.Plan.Seed, _process.Name);
        _setsUp = number == 0;
    }

    /// <summary>Whether the client has all its answers and sends no more.</summary>
    public bool IsDone { get; private set; }

    public void Start() => _process.Start(RunAsync);

    private async Task RunAsync()
    {
        if (_setsUp)
        {
            await SetUpAsync();
        }

        while (!_cluster.Driver.IsSetUp && !_cluster.IsEnding)
        {
            await PauseAsync(TimeSpan.FromSeconds(1));
        }

        while (_cluster.WantsMore)
        {
            await PauseAsync(Think());
            if (_random.Next(100) < _cluster.Plan.ReadPercent)
            {
                await ReadAsync();
            }
            else
            {
                await SubmitAsync(_cluster.Driver.NextRequest(NowMs()));
            }
        }

        IsDone = true;
    }

    private async Task SetUpAsync()
    {
        while (!_cluster.Driver.IsSetUp && !_cluster.IsEnding)
        {
            foreach (var request in _cluster.Driver.SetupRequests(NowMs()))
            {
                await SubmitAsync(request);
            }
        }
    }

    // Half of the time at once, so that clients meet; otherwise as long as the plan's pace asks. When the time is over, what
    // is left is sent quickly.
    private TimeSpan Think()
    {
        if (_cluster.AreFaultsOver)
        {
            return _random.Next(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        var mean = _cluster.Plan.RequestInterval * _cluster.Plan.Clients;
        return _random.Next(2) == 0
            ? _random.Next(TimeSpan.Zero, mean / 10)
            : _random.Next(TimeSpan.Zero, mean * 39 / 10);
    }

    private async Task SubmitAsync(IReadOnlyList<IntendedTransaction> request)
    {
        var waiting = new List<IntendedTransaction>(request);
        foreach (var transaction in request)
        {
            _cluster.Totals.Submitted += transaction.TimesSent == 1 ? 1 : 0;
        }

        var question = _cluster.Checkers.OnAsked(_cluster.Now, "a request of " + _process.Name);
        while (waiting.Count > 0)
        {
            if (await AskAsync(waiting) is { } results)
            {
                waiting = Settle(waiting, results);
            }

            if (waiting.Count > 0)
            {
                await PauseAsync(_random.Next(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)));
            }
        }

        _cluster.Checkers.OnAnswered(question);
    }

    private async Task<IReadOnlyList<OrderResult>?> AskAsync(List<IntendedTransaction> transactions)
    {
        if (_cluster.PickGateway(_random) is not { } silo)
        {
            return null;
        }

        var signed = new ReadOnlyMemory<byte>[transactions.Count];
        var ids = new TransactionId[transactions.Count];
        for (var i = 0; i < signed.Length; i++)
        {
            (signed[i], ids[i]) = (transactions[i].SignedBytes, transactions[i].Id);
        }

        try
        {
            var gateway = silo.Gateway;
            return await _cluster.Network.CallAsync(
                _process,
                silo.Process,
                MessageKind.Request,
                AnswerTimeout,
                () => gateway.SubmitAsync(signed, ids));
        }
        catch (SimulatedTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Tells the model the answers, and returns the transactions that must be asked for again.</summary>
    private List<IntendedTransaction> Settle(List<IntendedTransaction> asked, IReadOnlyList<OrderResult> results)
    {
        var again = new List<IntendedTransaction>();
        for (var i = 0; i < asked.Count; i++)
        {
            var (transaction, result) = (asked[i], results[i]);
            if (result.Refused is null)
            {
                OnOrdered(transaction, result);
            }
            else if (result.Refused.Code is Refusal.NotServing or Refusal.StorageUnavailable or Refusal.Overloaded)
            {
                again.Add(transaction);
            }
            else
            {
                _cluster.Driver.Model.OnRefused(transaction);
            }
        }

        return again;
    }

    private void OnOrdered(IntendedTransaction transaction, OrderResult result)
    {
        // The receipt, which the checkers' replay of the journal has too.
        if (_cluster.Checkers.Ledger.TryFind(result.Id, out var place) && place.Accepted)
        {
            _cluster.Driver.Model.OnAccepted(transaction);
        }
        else
        {
            _cluster.Driver.Model.OnRejected(transaction);
        }
    }

    // A read may be refused while there are faults; afterwards it must be answered in the end.
    private async Task ReadAsync()
    {
        _cluster.Totals.Reads++;
        var read = _cluster.Driver.NextRead(_cluster.Checkers.Ledger.TipHeight);
        var question = _cluster.Checkers.OnAsked(_cluster.Now, "a read of " + _process.Name);
        while (!await TryReadAsync(read) && _cluster.AreFaultsOver)
        {
            await PauseAsync(_random.Next(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)));
        }

        _cluster.Checkers.OnAnswered(question);
    }

    private async Task<bool> TryReadAsync(IntendedRead read)
    {
        if (_cluster.PickGateway(_random) is not { } silo)
        {
            return false;
        }

        var gateway = silo.Gateway;
        try
        {
            if (read.Height is not { } height)
            {
                await ReadLiveAsync(silo, gateway, read.Account);
                return true;
            }

            var rows = await _cluster.Network.CallAsync(
                _process,
                silo.Process,
                MessageKind.Query,
                AnswerTimeout,
                () => gateway.HoldingsAtAsync(read.Account, height));
            if (rows is null)
            {
                return false;
            }

            _cluster.Checkers.OnHoldingsAt(read.Account, height, rows);
            return true;
        }
        catch (Exception exception) when (exception is StorageException or SimulatedTimeoutException)
        {
            return false;
        }
    }

    private async Task ReadLiveAsync(SimulatedSilo silo, SimulatedGateway gateway, AccountId account)
    {
        var token = _cluster.Checkers.OnReadStarted();
        var (position, values) = await _cluster.Network.CallAsync(
            _process,
            silo.Process,
            MessageKind.Read,
            AnswerTimeout,
            () => gateway.HoldingsAsync(account));
        var holdings = new (StateKey Key, byte[] Value)[values.Count];
        for (var i = 0; i < holdings.Length; i++)
        {
            holdings[i] = (values[i].Key, values[i].Value);
        }

        _cluster.Checkers.OnRead(token, account, position, holdings);
    }

    private ulong NowMs() => (ulong)_process.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private Task PauseAsync(TimeSpan pause) => Task.Delay(pause, _process.Clock);
}
