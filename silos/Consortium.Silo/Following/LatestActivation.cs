namespace Consortium.Silo.Following;

/// <summary>The latest activation of consensus that this process knows of.</summary>
internal sealed class LatestActivation
{
    private ulong _position;

    /// <summary>Journal position at which it began; 0 for none.</summary>
    public ulong Position => Volatile.Read(ref _position);

    /// <summary>Notes an activation; an earlier one changes nothing. Called by one task.</summary>
    public void Note(ulong position) => Volatile.Write(ref _position, Math.Max(position, Position));
}
