using Consortium.Ledger.Signatures;

namespace Consortium.Simulation.Defects;

/// <summary>Gateways let any signature pass that has the form of one.</summary>
internal sealed class UncheckedSignatures : Defect
{
    public override ISignatureVerifier Verifier(ISignatureVerifier signatures) => new Trusting();

    private sealed class Trusting : ISignatureVerifier
    {
        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => true;
    }
}
