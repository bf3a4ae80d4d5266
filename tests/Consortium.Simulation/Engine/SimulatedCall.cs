namespace Consortium.Simulation.Engine;

/// <summary>One call over the network: a request, a handler's work, an answer, and a timer against silence.</summary>
internal sealed class SimulatedCall<T>
{
    private readonly SimulatedNetwork _network;
    private readonly Func<Task<T>> _handler;
    private readonly VirtualTimer _timeout;

    // Completed in the caller's process only, so what awaits it continues there.
    private readonly TaskCompletionSource<T> _answer = new();

    public SimulatedCall(
        SimulatedNetwork network,
        VirtualTime time,
        SimulatedProcess from,
        SimulatedProcess to,
        MessageKind kind,
        ulong number,
        Func<Task<T>> handler)
    {
        _network = network;
        _handler = handler;
        (From, To, Kind, Number) = (from, to, kind, number);
        _timeout = new VirtualTimer(time, from, static call => ((SimulatedCall<T>)call!).TimeOut(), this);
    }

    public SimulatedProcess From { get; }

    public SimulatedProcess To { get; }

    public MessageKind Kind { get; }

    public ulong Number { get; }

    public Task<T> StartAsync(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            _timeout.Start(From.Clock.ToVirtualTicks(timeout.Ticks));
        }

        _network.SendRequest(From, To, Kind, Number, static call => ((SimulatedCall<T>)call!).Arrive(), this);
        return _answer.Task;
    }

    private void Arrive() => _ = HandleAsync();

    private async Task HandleAsync()
    {
        Outcome outcome;
        try
        {
            outcome = new Outcome(this, await _handler(), null);
        }
        catch (Exception exception)
        {
            outcome = new Outcome(this, default, exception);
        }

        _network.SendAnswer(To, From, Kind, Number, static outcome => ((Outcome)outcome!).Arrive(), outcome);
    }

    private void TimeOut()
    {
        if (_answer.Task.IsCompleted)
        {
            return;
        }

        _network.Log?.Append(EventKind.MessageTimedOut, From.Name, Kind.ToString(), Number);
        _answer.TrySetException(new SimulatedTimeoutException(Kind, From.Name, To.Name));
    }

    private sealed class Outcome(SimulatedCall<T> call, T? result, Exception? exception)
    {
        public void Arrive()
        {
            call._timeout.Stop();
            if (exception is null)
            {
                call._answer.TrySetResult(result!);
            }
            else
            {
                call._answer.TrySetException(exception);
            }
        }
    }
}
