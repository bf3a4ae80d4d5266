using Consortium.Ledger;

namespace Consortium.Gateway.Errors;

/// <summary>Carries a refusal from wherever it is found in a request to where problem details are written.</summary>
/// <remarks>Of the gateway's own; none crosses from a rule or a role.</remarks>
public sealed class RefusalException : Exception
{
    /// <summary>Refuses.</summary>
    /// <param name="refused">Why.</param>
    public RefusalException(Refused refused)
        : base(refused.Detail) => Refused = refused;

    /// <summary>Refuses.</summary>
    /// <param name="code">Why.</param>
    /// <param name="detail">What was found, in one sentence.</param>
    public RefusalException(Refusal code, string detail)
        : this(new Refused(code, detail))
    {
    }

    /// <summary>Refuses for a reason unknown.</summary>
    public RefusalException()
        : this(Refusal.Internal, "The gateway failed.")
    {
    }

    /// <summary>Refuses for a reason unknown.</summary>
    /// <param name="message">What was found.</param>
    public RefusalException(string message)
        : this(Refusal.Internal, message)
    {
    }

    /// <summary>Refuses for a reason unknown.</summary>
    /// <param name="message">What was found.</param>
    /// <param name="innerException">The cause.</param>
    public RefusalException(string message, Exception innerException)
        : base(message, innerException) => Refused = new Refused(Refusal.Internal, message);

    /// <summary>Why.</summary>
    public Refused Refused { get; }

    /// <summary>Seconds after which to try again, where that is known.</summary>
    public int? RetryAfterSeconds { get; init; }
}
