namespace Consortium.Simulation.Checkers;

/// <summary>The answers to all submissions of one transaction.</summary>
internal struct SubmissionFate
{
    /// <summary>Submissions without an answer so far.</summary>
    public int Open;

    /// <summary>Some submission was not answered, or with a refusal that does not say that nothing happened.</summary>
    public bool Unclear;

    public bool Acknowledged;

    /// <summary>A client was told that the transaction expired, so it must never be ordered, whatever copies are under way.</summary>
    public bool Expired;

    /// <summary>Every submission was refused for good.</summary>
    public readonly bool MustBeAbsent => Open == 0 && !Unclear && !Acknowledged;
}
