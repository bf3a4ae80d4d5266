using Consortium.Ledger.Verification;

namespace Consortium.Client.Verification;

/// <summary>A record on its way from the reader to the verifier.</summary>
/// <param name="Record">The record.</param>
/// <param name="Checking">For a batch, the check of its signatures that goes on meanwhile.</param>
internal sealed record PendingRecord(ChainRecord Record, Task<CheckedBatch>? Checking);
