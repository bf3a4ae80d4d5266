using Consortium.Ledger.State;

namespace Consortium.Ledger.Execution;

/// <summary>The state as the executor sees it: values gathered from the shards, overlaid with those that accepted transactions wrote.</summary>
/// <remarks>
/// A bounded cache of two generations: what was not used while one generation filled is forgotten and gathered again
/// when needed, so memory does not grow with the state. Whether a key is known to be absent is kept apart from
/// not knowing. Not for use by two threads.
/// </remarks>
/// <param name="keysPerGeneration">Keys kept in one generation before the older one is forgotten; at least 1.</param>
public sealed class StateView(int keysPerGeneration)
{
    private readonly List<StateKey> _missing = [];
    private Dictionary<StateKey, StateValue?> _young = [];
    private Dictionary<StateKey, StateValue?> _old = [];

    /// <summary>Keys that rules asked for and that were not gathered, since <see cref="TakeMissing"/>.</summary>
    public IReadOnlyList<StateKey> Missing => _missing;

    /// <summary>Whether the value of a key, or its absence, is known.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether the key need not be gathered.</returns>
    public bool Knows(StateKey key) => TryFind(key, out _);

    /// <summary>Reads a value; a key that was not gathered counts as absent and is noted in <see cref="Missing"/>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value, or <see langword="null"/> when there is none.</returns>
    public StateValue? Get(StateKey key)
    {
        if (!TryFind(key, out var value))
        {
            _missing.Add(key);
        }

        return value;
    }

    /// <summary>Sets a value that was gathered from a shard or written by an accepted transaction.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, or <see langword="null"/> for known absence.</param>
    public void Set(StateKey key, StateValue? value) => _young[key] = value;

    /// <summary>Hands over the keys that were missing, to be gathered.</summary>
    /// <returns>The keys, each once.</returns>
    public IReadOnlyList<StateKey> TakeMissing()
    {
        StateKey[] missing = [.. _missing.Distinct()];
        _missing.Clear();
        return missing;
    }

    /// <summary>Starts a new generation when the present one is full; called between batches.</summary>
    public void Trim()
    {
        if (_young.Count >= keysPerGeneration)
        {
            (_old, _young) = (_young, []);
        }
    }

    /// <summary>Forgets everything, so that the next batch gathers anew.</summary>
    public void Clear()
    {
        _young = [];
        _old = [];
        _missing.Clear();
    }

    private bool TryFind(StateKey key, out StateValue? value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (_old.TryGetValue(key, out value))
        {
            _young[key] = value;
            return true;
        }

        return false;
    }
}
