using Consortium.Ledger;
using Consortium.Ledger.Verification;

namespace Consortium.Client.Verification;

/// <summary>The result of verifying an exported chain.</summary>
/// <param name="Fault">The first fault, or <see langword="null"/> when the whole chain holds.</param>
/// <param name="Network">The network's id; trust in it is what the reader brings along.</param>
/// <param name="Height">The last block that was verified.</param>
/// <param name="FinalHeight">The last final block, 0 before there is one.</param>
/// <param name="TipHash">Hash of the last block that was verified.</param>
/// <param name="StateRoot">Its state root.</param>
/// <param name="TransactionCount">Transactions verified, rejected ones included.</param>
/// <param name="SignatureCount">Signatures on those transactions.</param>
/// <param name="BytesRead">Bytes of the file that were read.</param>
public sealed record ChainReport(
    ChainFault? Fault,
    Digest Network,
    ulong Height,
    ulong FinalHeight,
    Digest TipHash,
    Digest StateRoot,
    long TransactionCount,
    long SignatureCount,
    long BytesRead);
