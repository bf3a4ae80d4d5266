using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>The keys that will sign a transaction, each once, in the order added.</summary>
internal sealed class SignerSet
{
    private readonly List<int> _keys = new(8);

    public int Count => _keys.Count;

    public SignerSet Clear()
    {
        _keys.Clear();
        return this;
    }

    /// <summary>Adds as many keys of an account as its threshold asks, of both sets while a rotation has no answer.</summary>
    public SignerSet Add(ClientAccount account, SeededRandom random)
    {
        AddSome(account.Keys, account.Threshold, random);
        AddSome(account.OtherKeys, account.OtherThreshold, random);
        return this;
    }

    public SignerSet AddAll(int[] keys)
    {
        foreach (var key in keys)
        {
            Add(key);
        }

        return this;
    }

    public int[] ToArray() => [.. _keys];

    private void AddSome(int[] keys, int count, SeededRandom random)
    {
        var start = keys.Length > 1 ? random.Next(keys.Length) : 0;
        for (var i = 0; i < Math.Min(count, keys.Length); i++)
        {
            Add(keys[(start + i) % keys.Length]);
        }
    }

    private void Add(int key)
    {
        if (!_keys.Contains(key))
        {
            _keys.Add(key);
        }
    }
}
