namespace Consortium.Client.Verification;

/// <summary>The height, transactions and bytes that verification has reached.</summary>
/// <param name="Height">The last block that was verified.</param>
/// <param name="TransactionCount">Transactions verified.</param>
/// <param name="BytesRead">Bytes of the file that were read, some ahead of what was verified.</param>
public sealed record ChainProgress(ulong Height, long TransactionCount, long BytesRead);
