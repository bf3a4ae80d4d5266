using Google.Protobuf;

namespace Consortium.Api;

/// <summary>A certificate that is checked offline, knowing nothing but the network id.</summary>
/// <param name="Certificate">Canonical bytes of <see cref="Ledger.Wire.Certificate"/>, base64.</param>
/// <param name="Height">The block it stands on.</param>
/// <param name="NetworkId">The network, hexadecimal; a verifier must know it from elsewhere.</param>
/// <param name="BlockHash">Hash of that block.</param>
/// <param name="Headers">Headers in the certificate, those that bury the block included.</param>
/// <param name="Present">Of a holding: whether there is one; otherwise its absence is proved.</param>
public sealed record ProofResponse(
    string Certificate,
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
            wire.Certificate.ToBase64(),
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
            Certificate = ByteString.FromBase64(Certificate),
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
