using Consortium.Ledger;

namespace Consortium.Gateway.Errors;

/// <summary>Ends a request with a refusal, which becomes problem details over HTTP and a status over gRPC.</summary>
/// <remarks>Thrown within the gateway only: rules and roles return refusals.</remarks>
public sealed class RefusalException : Exception
{
    /// <summary>Refuses with a catalogued code and its detail.</summary>
    /// <param name="refused">Code and detail, as the answer will have them.</param>
    public RefusalException(Refused refused)
        : base(refused.Detail) => Refused = refused;

    /// <summary>Refuses with a catalogued code.</summary>
    /// <param name="code">The code; it decides the status.</param>
    /// <param name="detail">One sentence that names the part of the request and the value that was found there.</param>
    public RefusalException(Refusal code, string detail)
        : this(new Refused(code, detail))
    {
    }

    /// <summary>Refuses as <see cref="Refusal.Internal"/>.</summary>
    public RefusalException()
        : this(Refusal.Internal, "The gateway failed.")
    {
    }

    /// <summary>Refuses as <see cref="Refusal.Internal"/>.</summary>
    /// <param name="message">What was found.</param>
    public RefusalException(string message)
        : this(Refusal.Internal, message)
    {
    }

    /// <summary>Refuses as <see cref="Refusal.Internal"/>.</summary>
    /// <param name="message">What was found.</param>
    /// <param name="innerException">The cause.</param>
    public RefusalException(string message, Exception innerException)
        : base(message, innerException) => Refused = new Refused(Refusal.Internal, message);

    /// <summary>Code and detail, as the answer has them.</summary>
    public Refused Refused { get; }

    /// <summary>Seconds after which to try again, where that is known.</summary>
    public int? RetryAfterSeconds { get; init; }
}
