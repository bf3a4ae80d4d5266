using Consortium.Simulation.Engine;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Storage;

/// <summary>The snapshots themselves, which survive every process: the newest two.</summary>
internal sealed class SnapshotMedium
{
    private readonly List<Snapshot> _newestFirst = [];

    /// <summary>Raised for every snapshot that is stored.</summary>
    public event Action<Snapshot>? Kept;

    public IReadOnlyList<Snapshot> NewestFirst => _newestFirst;

    public void Keep(Snapshot snapshot)
    {
        _newestFirst.Insert(0, snapshot);
        if (_newestFirst.Count > 2)
        {
            _newestFirst.RemoveAt(2);
        }

        Kept?.Invoke(snapshot);
    }

    /// <summary>Loses all.</summary>
    public void Lose() => _newestFirst.Clear();

    /// <summary>Loses the newest.</summary>
    public void LoseNewest()
    {
        if (_newestFirst.Count > 0)
        {
            _newestFirst.RemoveAt(0);
        }
    }

    /// <summary>Puts the older one first.</summary>
    public void Swap() => _newestFirst.Reverse();

    /// <summary>Changes one byte of one snapshot for good.</summary>
    /// <returns>Whether there was a byte to change.</returns>
    public bool Damage(SeededRandom random)
    {
        if (_newestFirst.Count == 0)
        {
            return false;
        }

        var which = random.Next(_newestFirst.Count);
        byte[][] parts = [.. _newestFirst[which].Parts.Select(part => part.ToArray())];
        byte[][] filled = [.. parts.Where(part => part.Length > 0)];
        if (filled.Length == 0)
        {
            return false;
        }

        var bytes = random.Pick(filled);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        _newestFirst[which] = new Snapshot(_newestFirst[which].Height, [.. parts.Select(part => (ReadOnlyMemory<byte>)part)]);
        return true;
    }
}
