using System.CommandLine;

namespace Consortium.Cli;

/// <summary>A command with options and work of its own, as opposed to a group of commands.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Connections that the verb opens at most, by default one per request at a time.</summary>
    public virtual int Connections(ParseResult parsed) => 8;

    /// <summary>Runs the verb.</summary>
    /// <param name="context">The options given and what the command sees of the machine.</param>
    /// <param name="cancellationToken">Interrupted by the user.</param>
    /// <returns>The text and JSON to print, with a failure when something was not done.</returns>
    public abstract Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken);
}
