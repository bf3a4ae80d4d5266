using Consortium.Ledger;

namespace Consortium.Api;

/// <summary>All refusals as the API answers them, in the order in which they are checked.</summary>
public static class ErrorCatalogue
{
    /// <summary>One entry per member of <see cref="Refusal"/> but <see cref="Refusal.None"/>.</summary>
    public static IReadOnlyList<ErrorEntry> All { get; } =
    [
        .. Enum.GetValues<Refusal>().Where(code => code != Refusal.None).Select(Describe),
    ];

    private static readonly Dictionary<Refusal, ErrorEntry> ByCode = All.ToDictionary(entry => entry.Code);

    /// <summary>Finds the entry of a refusal.</summary>
    /// <param name="code">The refusal.</param>
    /// <returns>The entry; that of <see cref="Refusal.Internal"/> for a number that is not a refusal.</returns>
    public static ErrorEntry Find(Refusal code) => ByCode.GetValueOrDefault(code, ByCode[Refusal.Internal]);

    /// <summary>Makes problem details.</summary>
    /// <param name="refused">The refusal with its detail.</param>
    /// <param name="instance">The path that was asked.</param>
    /// <returns>Problem details (RFC 9457).</returns>
    public static ProblemResponse Problem(Refused refused, string instance)
    {
        var entry = Find(refused.Code);
        return new ProblemResponse(
            entry.Type,
            entry.Title,
            entry.Status,
            refused.Detail,
            instance,
            (int)entry.Code,
            entry.Code.ToString(),
            entry.Action,
            entry.Retryable);
    }

    // Too large is InvalidArgument: on ResourceExhausted clients back off and send the same again, which would never pass.
    private static ErrorEntry Describe(Refusal code) => code switch
    {
        Refusal.None => new(code, 200, RpcCode.Ok, "Not refused", "Nothing needs doing.", Retryable: false),
        Refusal.Malformed => new(code, 400, RpcCode.InvalidArgument, "Malformed", "Correct what the detail names and send again.", Retryable: false),
        Refusal.TooLarge => new(code, 413, RpcCode.InvalidArgument, "Too large", "Send less in one request, or divide the deal.", Retryable: false),
        Refusal.BatchTooLarge => new(code, 413, RpcCode.InvalidArgument, "Too many transactions", "Send them in several requests.", Retryable: false),
        Refusal.MediaTypeUnsupported => new(code, 415, RpcCode.InvalidArgument, "Media type not supported", "Set Content-Type to one that the detail names.", Retryable: false),
        Refusal.WrongNetwork => new(code, 422, RpcCode.InvalidArgument, "Signed for another network", "Take the network id from GET /v1/network, build and sign again.", Retryable: false),
        Refusal.SignatureMissing => new(code, 422, RpcCode.InvalidArgument, "Not signed", "Sign the payload with the keys of every account that gives.", Retryable: false),
        Refusal.SignaturesTooMany => new(code, 422, RpcCode.InvalidArgument, "Too many signatures", "Send only the signatures that the thresholds ask for.", Retryable: false),
        Refusal.SignatureRepeated => new(code, 422, RpcCode.InvalidArgument, "Signed twice by one key", "Send one signature per key.", Retryable: false),
        Refusal.PublicKeyInvalid => new(code, 422, RpcCode.InvalidArgument, "Public key not on the curve", "Send X then Y of a P-256 key, 32 bytes each, big-endian.", Retryable: false),
        Refusal.SignatureNotLowS => new(code, 422, RpcCode.InvalidArgument, "Signature's s is high", "Replace s by n - s.", Retryable: false),
        Refusal.SignatureInvalid => new(code, 422, RpcCode.InvalidArgument, "Signature does not match", "Sign the payload's very bytes with ECDSA on P-256 and SHA-256, fixed-size r then s.", Retryable: false),
        Refusal.SignedByRotatedKey => new(code, 422, RpcCode.FailedPrecondition, "Signed by a replaced key", "Sign the same payload with keys of the account's present authority and send it again.", Retryable: false),
        Refusal.NotAuthorised => new(code, 422, RpcCode.FailedPrecondition, "Not authorised", "Add the signatures that the detail names to the same payload and send it again; nothing was recorded.", Retryable: false),
        Refusal.Expired => new(code, 422, RpcCode.FailedPrecondition, "Expired", "Build it again with a later valid_until, and sign again. It was not ordered.", Retryable: false),
        Refusal.ValidUntilTooFar => new(code, 422, RpcCode.InvalidArgument, "Valid for too long", "Choose a valid_until within the network's validityMaxMs, and sign again.", Retryable: false),
        Refusal.Overloaded => new(code, 429, RpcCode.ResourceExhausted, "The queue is full", "Send the same bytes again after Retry-After.", Retryable: true),
        Refusal.RateLimited => new(code, 429, RpcCode.ResourceExhausted, "Over this caller's rate", "Send the same bytes again after Retry-After, and less often.", Retryable: true),
        Refusal.StorageUnavailable => new(code, 503, RpcCode.Unavailable, "The journal cannot be written", "Send the same bytes again later; the operator must look at the storage.", Retryable: true),
        Refusal.NotServing => new(code, 503, RpcCode.Unavailable, "The node is starting or stopping", "Send the same bytes again after Retry-After.", Retryable: true),
        Refusal.WaitTimedOut => new(code, 202, RpcCode.DeadlineExceeded, "Ordered, but not yet as far as was waited for", "Ask for the transaction later; it was ordered and cannot be taken back.", Retryable: true),
        Refusal.NotFound => new(code, 404, RpcCode.NotFound, "Not found", "Check the path and the id; an id has a prefix and a checksum.", Retryable: false),
        Refusal.HeightNotSealed => new(code, 404, RpcCode.OutOfRange, "Not sealed yet", "Ask again when GET /v1/network shows a sealedHeight as high.", Retryable: true),
        Refusal.ParameterInvalid => new(code, 400, RpcCode.InvalidArgument, "Parameter not understood", "Correct the parameter that the detail names.", Retryable: false),
        Refusal.Unauthenticated => new(code, 401, RpcCode.Unauthenticated, "The caller is not known", "Send Authorization: Bearer TOKEN, or sign the request (header Consortium-Signature).", Retryable: false),
        Refusal.Forbidden => new(code, 403, RpcCode.PermissionDenied, "May not be read by this caller", "Ask with a member's key, a key of the account's authority, or a token.", Retryable: false),
        Refusal.Internal => new(code, 500, RpcCode.Internal, "The gateway failed", "Report the correlation id to the operator; whether a transaction was ordered, GET /v1/transactions/{id} tells.", Retryable: true),
    };
}
