namespace Consortium.Simulation.Storage;

/// <summary>A write under way, which a kill of its process may leave done, undone or half done.</summary>
internal sealed class DiskWrite(Action effect, Action? tear)
{
    /// <summary>Whether its fate is decided.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Carries out the write, unless its fate was decided before.</summary>
    public void Do() => End(effect);

    /// <summary>Carries out half of the write where that is possible, otherwise nothing.</summary>
    public void Tear() => End(tear);

    public void Drop() => End(null);

    private void End(Action? last)
    {
        if (IsOver)
        {
            return;
        }

        IsOver = true;
        last?.Invoke();
    }
}
