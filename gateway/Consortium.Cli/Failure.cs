using Consortium.Api;

namespace Consortium.Cli;

/// <summary>Why what was asked was not done.</summary>
/// <param name="Code">The catalogue's number, or 0 for what arose on this side of the wire.</param>
/// <param name="Name">A permanent name.</param>
/// <param name="Message">What happened and why.</param>
/// <param name="Action">What to do next.</param>
internal sealed record Failure(int Code, string Name, string Message, string Action)
{
    public static Failure From(ConsortiumException exception) =>
        new(exception.Code, exception.Name, exception.Message, exception.Action);
}
