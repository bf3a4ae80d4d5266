namespace Consortium.Simulation.Checkers;

/// <summary>The findings of the checkers. The first one is the run's failure; later ones are often its consequences.</summary>
internal sealed class Findings
{
    public Finding? First { get; private set; }

    /// <summary>Reports that something which must hold did not.</summary>
    /// <param name="checker">The checker's name, as the README lists it.</param>
    /// <param name="detail">What was expected and what was found.</param>
    public void Report(string checker, string detail) => First ??= new Finding(checker, detail);

    public void Require(bool holds, string checker, Func<string> detail)
    {
        if (!holds)
        {
            Report(checker, detail());
        }
    }
}
