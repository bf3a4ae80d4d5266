using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Verification;

/// <summary>The facts that a valid proof shows (SPEC.md section 8).</summary>
/// <param name="Network">The network's id; trust in it is what the reader brings along.</param>
/// <param name="NetworkName">The network's name.</param>
/// <param name="Header">The header of the proved block.</param>
/// <param name="BlocksOnTop">Sealed blocks on top of it in the proof.</param>
/// <param name="IsFinal">Whether they hold the network's finality work.</param>
/// <param name="Key">The state key that was proved, or <see langword="null"/> for a transaction.</param>
/// <param name="Value">The value under the key; <see langword="null"/> when its absence was proved.</param>
/// <param name="Transaction">The transaction that was proved, or <see langword="null"/> for a state key.</param>
/// <param name="Receipt">The recorded outcome of the transaction, with its batch time.</param>
public sealed record ProofReport(
    Digest Network,
    string NetworkName,
    BlockHeader Header,
    int BlocksOnTop,
    bool IsFinal,
    StateKey? Key,
    StateValue? Value,
    TransactionId? Transaction,
    Wire.Receipt? Receipt);
