using Google.Protobuf;

namespace Consortium.Api;

/// <summary>A proof that is checked offline, knowing nothing but the network id.</summary>
/// <param name="Proof">Canonical bytes of <see cref="Ledger.Wire.Proof"/>, base64.</param>
/// <param name="Height">The block it stands on.</param>
/// <param name="NetworkId">The network, hexadecimal; a verifier must know it from elsewhere.</param>
/// <param name="BlockHash">Hash of that block.</param>
/// <param name="Headers">Headers in the proof, those that bury the block included.</param>
/// <param name="Present">Of a holding: whether there is one; otherwise its absence is proved.</param>
public sealed record ProofResponse(
    string Proof,
    ulong Height,
    string NetworkId,
    string BlockHash,
    int Headers,
    bool? Present = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static ProofResponse FromWire(Wire.Proof wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new ProofResponse(
            wire.Proof_.ToBase64(),
            wire.Height,
            wire.NetworkId,
            wire.BlockHash,
            wire.Headers,
            wire.HasPresent ? wire.Present : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Proof ToWire()
    {
        var wire = new Wire.Proof
        {
            Proof_ = ByteString.FromBase64(Proof),
            Height = Height,
            NetworkId = NetworkId,
            BlockHash = BlockHash,
            Headers = Headers,
        };
        if (Present is { } present)
        {
            wire.Present = present;
        }

        return wire;
    }
}
