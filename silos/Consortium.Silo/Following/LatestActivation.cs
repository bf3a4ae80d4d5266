namespace Consortium.Silo.Following;

/// <summary>The latest activation of consensus that this process knows of.</summary>
internal sealed class LatestActivation
{
    private ulong _position;

    /// <summary>Journal position at which the latest known activation began; 0 when none is known.</summary>
    public ulong Position => Volatile.Read(ref _position);

    /// <summary>Records an activation, unless a later one is known already. Safe for use by any number of threads.</summary>
    public void Note(ulong position)
    {
        for (var known = Position; position > known; known = Position)
        {
            Interlocked.CompareExchange(ref _position, position, known);
        }
    }
}
