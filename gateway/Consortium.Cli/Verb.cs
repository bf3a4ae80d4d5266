using System.CommandLine;

namespace Consortium.Cli;

/// <summary>A command that does something: its options, and what it does with them.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Connections that the verb opens at most, by default one per request at a time.</summary>
    public virtual int Connections(ParseResult parsed) => 8;

    /// <summary>Does what was asked.</summary>
    /// <param name="context">The options given and what the command sees of the machine.</param>
    /// <param name="cancellationToken">Interrupted by the user.</param>
    /// <returns>What to print and whether it was done.</returns>
    public abstract Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken);
}
