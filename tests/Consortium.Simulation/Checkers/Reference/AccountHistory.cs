namespace Consortium.Simulation.Checkers.Reference;

/// <summary>The holdings of one account, and the batches that changed it.</summary>
internal sealed class AccountHistory
{
    /// <summary>Its holdings, in order of instrument.</summary>
    public List<KeyHistory> Holdings { get; } = new(1);

    /// <summary>Journal positions of the batches that changed the account or a holding of it, ascending.</summary>
    public List<ulong> TouchedAt { get; } = [];

    public void Touch(ulong position)
    {
        if (TouchedAt.Count == 0 || TouchedAt[^1] < position)
        {
            TouchedAt.Add(position);
        }
    }

    public void Add(KeyHistory holding)
    {
        var at = Holdings.Count;
        while (at > 0 && Holdings[at - 1].Key.Instrument.CompareTo(holding.Key.Instrument) > 0)
        {
            at--;
        }

        Holdings.Insert(at, holding);
    }
}
