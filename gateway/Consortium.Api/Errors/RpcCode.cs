namespace Consortium.Api;

/// <summary>Codes of <c>google.rpc.Code</c> that refusals are answered with over gRPC; numbers are its own.</summary>
public enum RpcCode
{
    /// <summary>Not an error.</summary>
    Ok = 0,

    /// <summary>The request can never be right.</summary>
    InvalidArgument = 3,

    /// <summary>Time ran out.</summary>
    DeadlineExceeded = 4,

    /// <summary>There is no such thing.</summary>
    NotFound = 5,

    /// <summary>The caller may not.</summary>
    PermissionDenied = 7,

    /// <summary>Too much at a time; less, or later, may pass.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the ledger does not allow the call.</summary>
    FailedPrecondition = 9,

    /// <summary>The height or position is beyond the present end.</summary>
    OutOfRange = 11,

    /// <summary>The gateway failed.</summary>
    Internal = 13,

    /// <summary>The service cannot answer at present; the same call may pass later.</summary>
    Unavailable = 14,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
