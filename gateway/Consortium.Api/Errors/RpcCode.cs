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

    /// <summary>The ledger's state stands against it.</summary>
    FailedPrecondition = 9,

    /// <summary>Beyond the end of what there is so far.</summary>
    OutOfRange = 11,

    /// <summary>The gateway failed.</summary>
    Internal = 13,

    /// <summary>Not now.</summary>
    Unavailable = 14,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
