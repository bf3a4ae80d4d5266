using System.Globalization;
using Consortium.Ledger.Blocks;
using Google.Protobuf;

namespace Consortium.Api;

/// <summary>A sealed block.</summary>
/// <param name="Height">From 1.</param>
/// <param name="Hash">Double SHA-256 of the header, hexadecimal.</param>
/// <param name="Finality">Sealed or final.</param>
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
/// <param name="Nonce">The number that the producer's search found; a decimal string.</param>
/// <param name="Header">The binary header, base64.</param>
/// <param name="Signature">The producer's signature over the hash, base64.</param>
/// <param name="Transactions">The contents, in order.</param>
public sealed record BlockResponse(
    ulong Height,
    string Hash,
    FinalityLevel Finality,
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
    /// <param name="finality">Sealed or final.</param>
    /// <param name="transactions">The contents.</param>
    /// <returns>The response.</returns>
    public static BlockResponse From(BlockSeal seal, FinalityLevel finality, IReadOnlyList<BlockTransaction> transactions)
    {
        var header = seal.Header;
        return new BlockResponse(
            header.Height,
            header.Hash.ToString(),
            finality,
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

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BlockResponse FromWire(Wire.Block wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BlockResponse(
            wire.Height,
            wire.Hash,
            (FinalityLevel)wire.Finality,
            wire.Previous,
            wire.TransactionsRoot,
            wire.ReceiptsRoot,
            wire.StateRoot,
            wire.TimeMs,
            wire.LastPosition,
            wire.TransactionCount,
            wire.Producer,
            wire.TargetCompact,
            wire.Target,
            wire.Nonce,
            wire.Header.ToBase64(),
            wire.Signature.ToBase64(),
            [.. wire.Transactions.Select(BlockTransaction.FromWire)]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Block ToWire() => new()
    {
        Height = Height,
        Hash = Hash,
        Finality = (Wire.FinalityLevel)Finality,
        Previous = Previous,
        TransactionsRoot = TransactionsRoot,
        ReceiptsRoot = ReceiptsRoot,
        StateRoot = StateRoot,
        TimeMs = TimeMs,
        LastPosition = LastPosition,
        TransactionCount = TransactionCount,
        Producer = Producer,
        TargetCompact = TargetCompact,
        Target = Target,
        Nonce = Nonce,
        Header = ByteString.FromBase64(Header),
        Signature = ByteString.FromBase64(Signature),
        Transactions = { Transactions.Select(one => one.ToWire()) },
    };
}
