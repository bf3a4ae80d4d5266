using Consortium.Api;

namespace Consortium.Cli;

/// <summary>Why a verb did not do what was asked; printed on standard error, or as JSON.</summary>
/// <param name="Code">The refusal's number in the error catalogue, or 0 when the failure arose in this program.</param>
/// <param name="Name">A permanent name.</param>
/// <param name="Message">What happened and why.</param>
/// <param name="Action">What to do next.</param>
internal sealed record Failure(int Code, string Name, string Message, string Action)
{
    public static Failure From(ConsortiumException exception) =>
        new(exception.Code, exception.Name, exception.Message, exception.Action);
}
