namespace Consortium.Consensus.Mining;

/// <summary>Signs with a member's producer key, wherever that key is kept.</summary>
/// <param name="message">The header's hash, 32 bytes.</param>
/// <returns>r then s, low s.</returns>
public delegate byte[] HeaderSigner(ReadOnlySpan<byte> message);
