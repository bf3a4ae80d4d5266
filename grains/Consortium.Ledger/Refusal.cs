namespace Consortium.Ledger;

/// <summary>The unrecorded no: what was asked never reached the ledger, and the same signed bytes may or may not be sent again.</summary>
/// <remarks>Numbers are permanent. Members are declared in the order in which they are checked.</remarks>
public enum Refusal
{
    /// <summary>Accepted; no refusal.</summary>
    None = 0,

    /// <summary>The bytes cannot be read as the message that is expected, or are not in its canonical form.</summary>
    Malformed = 1,

    /// <summary>The request or payload is larger than the limit.</summary>
    TooLarge = 2,

    /// <summary>More transactions in one request than the limit.</summary>
    BatchTooLarge = 3,

    /// <summary>The media type is not one of those the endpoint reads.</summary>
    MediaTypeUnsupported = 4,

    /// <summary>The transaction was signed for another network.</summary>
    WrongNetwork = 10,

    /// <summary>The transaction carries no signature.</summary>
    SignatureMissing = 11,

    /// <summary>The transaction carries more signatures than the limit.</summary>
    SignaturesTooMany = 12,

    /// <summary>A key signed twice.</summary>
    SignatureRepeated = 13,

    /// <summary>A public key is not a point of the curve.</summary>
    PublicKeyInvalid = 14,

    /// <summary>A signature's s is in the upper half of the group order.</summary>
    SignatureNotLowS = 15,

    /// <summary>A signature does not match the payload and key.</summary>
    SignatureInvalid = 16,

    /// <summary>A key that signed has been replaced, and without it too few keys of an authority signed.</summary>
    SignedByRotatedKey = 17,

    /// <summary>An authority that must sign did not, or none that the ledger knows did.</summary>
    NotAuthorised = 18,

    /// <summary>The transaction's validity has ended by a time that the journal has: no copy of it will ever be ordered.</summary>
    Expired = 20,

    /// <summary>The transaction is valid for longer than the network remembers duplicates.</summary>
    ValidUntilTooFar = 21,

    /// <summary>The queue is full.</summary>
    Overloaded = 30,

    /// <summary>This caller sends more than its rate.</summary>
    RateLimited = 31,

    /// <summary>The journal cannot be written.</summary>
    StorageUnavailable = 32,

    /// <summary>The node is starting or stopping.</summary>
    NotServing = 33,

    /// <summary>The transaction was ordered, but did not reach the finality level waited for in time.</summary>
    WaitTimedOut = 34,

    /// <summary>Nothing is known under the id, height or path that was asked for.</summary>
    NotFound = 40,

    /// <summary>The height has not been sealed.</summary>
    HeightNotSealed = 41,

    /// <summary>A parameter is not understood.</summary>
    ParameterInvalid = 42,

    /// <summary>The caller gave neither a known token nor a valid request signature, and one of them is needed.</summary>
    Unauthenticated = 43,

    /// <summary>The caller may not read this.</summary>
    Forbidden = 44,

    /// <summary>The gateway failed; the log says why.</summary>
    Internal = 99,
}
