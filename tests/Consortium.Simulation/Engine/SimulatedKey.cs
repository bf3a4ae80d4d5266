using Consortium.Ledger.Signatures;

namespace Consortium.Simulation.Engine;

/// <summary>A public key of P-256 that signs with <see cref="SimulatedSignatures"/>. May be used by many threads.</summary>
internal sealed class SimulatedKey(PublicKey publicKey)
{
    private readonly byte[] _bytes = publicKey.ToArray();

    /// <summary>A point of the curve, which genesis and accounts ask for; nobody knows its private part.</summary>
    public PublicKey PublicKey => publicKey;

    /// <summary>Signs a message as <see cref="P256.Sign"/> would.</summary>
    /// <param name="message">The message as it is, not hashed.</param>
    /// <returns>r then s, the same for the same message in every run.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[P256.SignatureSize];
        SimulatedSignatures.Make(_bytes, message, signature);
        return signature;
    }
}
