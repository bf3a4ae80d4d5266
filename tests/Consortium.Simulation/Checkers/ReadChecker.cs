using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>A read of an account is its state after the batch that it names, and misses nothing acknowledged before it began.</summary>
internal sealed class ReadChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "read";

    // For each journal position, the first acknowledgement of it to any client.
    private readonly Dictionary<ulong, long> _acknowledged = [];
    private long _acknowledgements;

    public void OnAcknowledged(ulong position) => _acknowledged.TryAdd(position, ++_acknowledgements);

    public ReadToken OnReadStarted() => new(_acknowledgements);

    /// <summary>A read was answered.</summary>
    /// <param name="token">The acknowledgements that the answer must include.</param>
    /// <param name="account">Whose holdings were read.</param>
    /// <param name="position">The batch after which they stood so, as the answer says.</param>
    /// <param name="holdings">Keys and canonical values, in order of instrument.</param>
    public void OnRead(ReadToken token, AccountId account, ulong position, IReadOnlyList<(StateKey Key, byte[] Value)> holdings)
    {
        if (position > (ledger.Head ?? 0))
        {
            findings.Report(Name, $"{account} was read at position {position}; the journal ends at {ledger.Head}");
            return;
        }

        var history = ledger.FindAccount(account);
        RequireValues(history, account, position, holdings);
        for (var i = (history?.TouchedAt.Count ?? 0) - 1; i >= 0 && history!.TouchedAt[i] > position; i--)
        {
            var missed = history.TouchedAt[i];
            if (_acknowledged.TryGetValue(missed, out var order) && order <= token.Acknowledgements)
            {
                findings.Report(Name, $"{account} was read at position {position}; {missed} changed it and was acknowledged before the read began");
            }
        }
    }

    private void RequireValues(
        AccountHistory? history,
        AccountId account,
        ulong position,
        IReadOnlyList<(StateKey Key, byte[] Value)> holdings)
    {
        var next = 0;
        for (var i = 0; i < (history?.Holdings.Count ?? 0); i++)
        {
            var key = history!.Holdings[i];
            if (key.At(position) is not { } value)
            {
                continue;
            }

            if (next == holdings.Count || holdings[next].Key != key.Key || !holdings[next].Value.AsSpan().SequenceEqual(value.Encode()))
            {
                findings.Report(Name, $"{account} was read at position {position}; its holding {next}, in {key.Key.Instrument}, differs from {value}");
                return;
            }

            next++;
        }

        if (next < holdings.Count)
        {
            findings.Report(Name, $"{account} was read at position {position} with {holdings.Count} holdings; it has {next}");
        }
    }
}
