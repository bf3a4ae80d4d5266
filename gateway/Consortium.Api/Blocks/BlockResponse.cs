using System.Globalization;
using Consortium.Ledger.Blocks;

namespace Consortium.Api;

/// <summary>A sealed block.</summary>
/// <param name="Height">From 1.</param>
/// <param name="Hash">Double SHA-256 of the header, hexadecimal.</param>
/// <param name="Moment">Sealed or final.</param>
/// <param name="Previous">Hash of the block before; of the first block the network id.</param>
/// <param name="TransactionsRoot">RFC 6962 root over the signed transactions.</param>
/// <param name="ReceiptsRoot">RFC 6962 root over the receipts.</param>
/// <param name="StateRoot">Root over the shards' state trees.</param>
/// <param name="TimeMs">Time of the cut.</param>
/// <param name="LastPosition">Journal position of the block's last batch.</param>
/// <param name="TransactionCount">Transactions in the block.</param>
/// <param name="Producer">The member that did the work, <c>mem1…</c>.</param>
/// <param name="TargetCompact">The target as nBits.</param>
/// <param name="Target">The target, 64 hexadecimal digits.</param>
/// <param name="Nonce">What the producer found; a decimal string.</param>
/// <param name="Header">The binary header, base64.</param>
/// <param name="Signature">The producer's signature over the hash, base64.</param>
/// <param name="Transactions">The contents, in order.</param>
public sealed record BlockResponse(
    ulong Height,
    string Hash,
    LedgerMoment Moment,
    string Previous,
    string TransactionsRoot,
    string ReceiptsRoot,
    string StateRoot,
    ulong TimeMs,
    ulong LastPosition,
    uint TransactionCount,
    string Producer,
    uint TargetCompact,
    string Target,
    string Nonce,
    string Header,
    string Signature,
    IReadOnlyList<BlockTransaction> Transactions)
{
    /// <summary>Describes a sealed block.</summary>
    /// <param name="seal">The sealed header.</param>
    /// <param name="moment">Sealed or final.</param>
    /// <param name="transactions">The contents.</param>
    /// <returns>The response.</returns>
    public static BlockResponse From(BlockSeal seal, LedgerMoment moment, IReadOnlyList<BlockTransaction> transactions)
    {
        var header = seal.Header;
        return new BlockResponse(
            header.Height,
            header.Hash.ToString(),
            moment,
            header.Previous.ToString(),
            header.TransactionsRoot.ToString(),
            header.ReceiptsRoot.ToString(),
            header.StateRoot.ToString(),
            header.TimeMs,
            header.LastPosition,
            header.TransactionCount,
            header.Producer.ToString(),
            header.TargetCompact,
            Ledger.Work.Target.FromCompact(header.TargetCompact).ToString(),
            header.Nonce.ToString(CultureInfo.InvariantCulture),
            Convert.ToBase64String(header.ToArray()),
            Convert.ToBase64String(seal.Signature.Span),
            transactions);
    }
}
