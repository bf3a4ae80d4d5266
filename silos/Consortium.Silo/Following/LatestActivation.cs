namespace Consortium.Silo.Following;

/// <summary>The latest activation of consensus that this process knows of.</summary>
internal sealed class LatestActivation
{
    private ulong _position;

    /// <summary>Journal position at which the latest known activation began; 0 when none is known.</summary>
    public ulong Position => Volatile.Read(ref _position);

    /// <summary>Records an activation, unless a later one is known already. Called by one task.</summary>
    public void Note(ulong position) => Volatile.Write(ref _position, Math.Max(position, Position));
}
