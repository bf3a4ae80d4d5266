using Consortium.Api;
using Consortium.Ledger;

namespace Consortium.Client;

/// <summary>The gateway refused a request: nothing was ordered, unless the refusal says so.</summary>
/// <param name="refusal">The refusal; its number is permanent.</param>
/// <param name="message">The values that were found, in one sentence.</param>
/// <param name="action">One sentence: what the user can do next.</param>
/// <param name="retryable">Whether the same bytes may succeed later.</param>
/// <param name="retryAfter">When, if the gateway said so.</param>
public sealed class RefusedException(
    Refusal refusal,
    string message,
    string action,
    bool retryable,
    TimeSpan? retryAfter)
    : ConsortiumException(refusal.ToString(), message, action)
{
    /// <summary>The refusal's code; SPEC.md section 10 has their numbers.</summary>
    public Refusal Refusal => refusal;

    /// <inheritdoc/>
    public override int Code => (int)refusal;

    /// <summary>Whether the same bytes may succeed later.</summary>
    public bool Retryable => retryable;

    /// <summary>Time that the gateway asks to wait before another attempt, or <see langword="null"/>.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>Reads problem details.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="retryAfter">The header, or <see langword="null"/>.</param>
    /// <returns>The exception.</returns>
    public static RefusedException From(ProblemResponse problem, TimeSpan? retryAfter)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var detail = problem.CorrelationId is { } id ? $"{problem.Detail} (correlation id {id})" : problem.Detail;
        return new RefusedException((Refusal)problem.Code, $"{problem.Title}: {detail}", problem.Action, problem.Retryable, retryAfter);
    }

    /// <summary>Reads the refusal of one transaction.</summary>
    /// <param name="response">The refusal.</param>
    /// <returns>The exception.</returns>
    public static RefusedException From(RefusalResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new RefusedException((Refusal)response.Code, response.Detail, response.Action, response.Retryable, retryAfter: null);
    }
}
