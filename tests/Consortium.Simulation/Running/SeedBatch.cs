using System.Diagnostics;

namespace Consortium.Simulation.Running;

/// <summary>Runs many seeds, as many at a time as there are cores.</summary>
/// <remarks>
/// Seeds are taken in order. After a failure no more are taken, and those under way end: so the earliest failing seed is found however
/// many run at a time.
/// </remarks>
internal sealed class SeedBatch
{
    private readonly Lock _lock = new();
    private readonly IEnumerator<ulong> _seeds;
    private readonly Func<ulong, SimulationResult> _run;
    private readonly Func<bool> _isOver;
    private readonly bool _keepGoing;
    private readonly SortedDictionary<long, SimulationResult> _failures = [];
    private readonly SortedDictionary<long, (ulong Seed, long Since)> _underWay = [];
    private long _taken;

    /// <summary>A batch that has not begun.</summary>
    /// <param name="seeds">The seeds to run; may have no end.</param>
    /// <param name="run">Runs one; called on several threads at a time.</param>
    /// <param name="isOver">Whether no more shall be taken.</param>
    /// <param name="keepGoing">Whether to go on after a failure.</param>
    public SeedBatch(IEnumerable<ulong> seeds, Func<ulong, SimulationResult> run, Func<bool> isOver, bool keepGoing)
    {
        _seeds = seeds.GetEnumerator();
        _run = run;
        _isOver = isOver;
        _keepGoing = keepGoing;
    }

    public RunSums Sums { get; } = new();

    /// <summary>Failed runs in the order of their seeds; all of them are there once <see cref="Run"/> has returned.</summary>
    public IReadOnlyList<SimulationResult> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures.Values];
            }
        }
    }

    /// <summary>The progress so far.</summary>
    public BatchProgress Progress
    {
        get
        {
            lock (_lock)
            {
                var (seed, since) = _underWay.Count == 0 ? (null, TimeSpan.Zero) : Oldest();
                return new BatchProgress(Sums.Seeds, Sums.Failed, Sums.Ordered, seed, since);
            }
        }
    }

    /// <summary>Runs until there are no more seeds, one has failed, or it is over.</summary>
    /// <param name="workers">Number of seeds at a time.</param>
    public void Run(int workers)
    {
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private void Work()
    {
        while (Take() is var (number, seed))
        {
            var start = Stopwatch.GetTimestamp();
            var result = _run(seed);
            Add(number, result, Stopwatch.GetElapsedTime(start));
        }
    }

    private (long Number, ulong Seed)? Take()
    {
        lock (_lock)
        {
            if (_isOver() || (Sums.Failed > 0 && !_keepGoing) || !_seeds.MoveNext())
            {
                return null;
            }

            _underWay.Add(++_taken, (_seeds.Current, Stopwatch.GetTimestamp()));
            return (_taken, _seeds.Current);
        }
    }

    private void Add(long number, SimulationResult result, TimeSpan realTime)
    {
        lock (_lock)
        {
            _underWay.Remove(number);
            Sums.Add(result, realTime);
            if (result.Finding is not null)
            {
                _failures.Add(number, result);
            }
        }
    }

    private (ulong? Seed, TimeSpan Since) Oldest()
    {
        var (seed, since) = _underWay.First().Value;
        return (seed, Stopwatch.GetElapsedTime(since));
    }
}
