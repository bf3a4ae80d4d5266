namespace Consortium.Ledger.Signatures;

/// <summary>Checks signatures, so that tests and the simulator can replace P-256.</summary>
/// <remarks>
/// A ledger that protects anything uses <see cref="P256VerifierCache"/>. That s is low is a rule of the ledger, which
/// callers ask of <see cref="P256.IsLowS"/>. May be used by many threads.
/// </remarks>
public interface ISignatureVerifier
{
    /// <summary>Checks a signature over a message.</summary>
    /// <param name="publicKey">X ‖ Y; anything may be passed.</param>
    /// <param name="message">The message as it is, not hashed.</param>
    /// <param name="signature">r ‖ s; anything may be passed.</param>
    /// <returns>Whether the key and the signature are valid and fit the message.</returns>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
