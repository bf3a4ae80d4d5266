using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>Once faults have stopped, every question is answered in time and blocks go on being sealed.</summary>
/// <param name="ledger">The replay.</param>
/// <param name="answerWithin">The longest time to an answer.</param>
/// <param name="sealWithin">The longest time from one seal to the next.</param>
/// <param name="findings">Where to report.</param>
internal sealed class NoStallChecker(ReferenceLedger ledger, TimeSpan answerWithin, TimeSpan sealWithin, Findings findings)
{
    public const string Name = "no-stall";

    private readonly Dictionary<long, (DateTimeOffset At, string What)> _open = [];
    private long _asked;
    private long _oldest;
    private DateTimeOffset? _calmSince;
    private DateTimeOffset _sealedAt;
    private ulong _height;

    /// <summary>Somebody asked something.</summary>
    /// <returns>A number for <see cref="OnAnswered"/>.</returns>
    public long OnAsked(DateTimeOffset now, string what)
    {
        _open[_asked] = (now, what);
        return _asked++;
    }

    /// <summary>An answer came, or the asker was told that none will.</summary>
    public void OnAnswered(long question) => _open.Remove(question);

    /// <summary>No fault will come from now on.</summary>
    public void OnFaultsStopped(DateTimeOffset now) => (_calmSince, _sealedAt, _height) = (now, now, ledger.TipHeight);

    /// <summary>Faults may come again.</summary>
    public void OnFaultsStarted() => _calmSince = null;

    /// <summary>Time has passed; called at any interval below the bounds, and at the end.</summary>
    public void OnTime(DateTimeOffset now)
    {
        if (_calmSince is not { } calmSince)
        {
            return;
        }

        while (_oldest < _asked && !_open.ContainsKey(_oldest))
        {
            _oldest++;
        }

        if (_open.TryGetValue(_oldest, out var open) && now - Later(open.At, calmSince) > answerWithin)
        {
            findings.Report(Name, $"{open.What}, asked at {open.At:O}, has no answer at {now:O}; faults stopped at {calmSince:O}");
        }

        if (ledger.TipHeight > _height)
        {
            (_height, _sealedAt) = (ledger.TipHeight, now);
        }
        else if (now - _sealedAt > sealWithin)
        {
            findings.Report(Name, $"block {_height} is the last since {_sealedAt:O}, at {now:O}; faults stopped at {calmSince:O}");
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
