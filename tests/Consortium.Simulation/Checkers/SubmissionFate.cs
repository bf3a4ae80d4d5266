namespace Consortium.Simulation.Checkers;

/// <summary>What became of all submissions of one transaction.</summary>
internal struct SubmissionFate
{
    /// <summary>Submissions without an answer so far.</summary>
    public int Open;

    /// <summary>Some submission was not answered, or with a refusal that does not say that nothing happened.</summary>
    public bool Unclear;

    public bool Acknowledged;

    /// <summary>Somebody was told that its time is over, so nobody may see it ordered afterwards, whatever copies are on their way.</summary>
    public bool Expired;

    /// <summary>Every submission was refused for good.</summary>
    public readonly bool MustBeAbsent => Open == 0 && !Unclear && !Acknowledged;
}
