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
    bool? Present = null);
