using System.Diagnostics;

namespace Consortium.Tests.Telemetry;

/// <summary>Collects the spans of some sources as they end.</summary>
internal sealed class SpanCollector : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ActivityListener _listener;
    private readonly Lock _lock = new();
    private readonly List<Activity> _ended = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SpanCollector(Func<ActivitySource, bool> sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources(source),
            Sample = Sample,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans that have ended, oldest first.</summary>
    public IReadOnlyList<Activity> Ended
    {
        get
        {
            lock (_lock)
            {
                return [.. _ended];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Waits until a span has ended.</summary>
    public async Task<Activity> WaitAsync(string what, Predicate<Activity> wanted)
    {
        using var timer = new CancellationTokenSource(Limit);
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_ended.Find(wanted) is { } found)
                {
                    return found;
                }

                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(timer.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"No span {what} ended; these did: {string.Join(", ", Ended.Select(span => $"{span.OperationName} {span.SpanId} under {span.ParentSpanId}"))}");
            }
        }
    }

    // The default of an SDK: a span under one that is not recorded is not recorded either.
    private static ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        options.Parent.TraceId == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? ActivitySamplingResult.AllDataAndRecorded
            : options.Parent.IsRemote ? ActivitySamplingResult.PropagationData
            : ActivitySamplingResult.None;

    private void Add(Activity span)
    {
        if (!span.Recorded)
        {
            return;
        }

        lock (_lock)
        {
            _ended.Add(span);
            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
