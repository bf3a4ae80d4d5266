namespace Consortium.Simulation.Checkers;

/// <summary>What became of all submissions of one transaction.</summary>
internal struct SubmissionFate
{
    /// <summary>Submissions without an answer so far.</summary>
    public int Open;

    /// <summary>Some submission was not answered, or with a refusal that does not say that nothing happened.</summary>
    public bool Unclear;

    public bool Acknowledged;

    /// <summary>Every submission was refused for good.</summary>
    public readonly bool MustBeAbsent => Open == 0 && !Unclear && !Acknowledged;
}
