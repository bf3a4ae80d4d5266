using System.Security.Cryptography;
using Consortium.Ledger;
using Consortium.Ledger.Verification;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>The export can be verified by itself and ends where the journal ends.</summary>
/// <param name="ledger">The replay.</param>
/// <param name="makeVerifier">Makes a verifier that knows nothing.</param>
/// <param name="checkBatch">Decodes a batch of a network and checks its signatures.</param>
/// <param name="findings">Where to report.</param>
internal sealed class ExportChecker(
    ReferenceLedger ledger,
    Func<ChainVerifier> makeVerifier,
    Func<ReadOnlyMemory<byte>, Digest, CheckedBatch> checkBatch,
    Findings findings)
{
    public const string Name = "export";

    /// <summary>The chain was exported.</summary>
    /// <param name="export">The whole file.</param>
    /// <param name="height">The last block that it should hold.</param>
    public void OnExport(ReadOnlyMemory<byte> export, ulong height)
    {
        var verifier = makeVerifier();
        var fault = Read(export, verifier) ?? EndFault(verifier, height);
        if (fault is not null)
        {
            findings.Report(Name, fault);
        }
    }

    private string? EndFault(ChainVerifier verifier, ulong height)
    {
        var (tip, final) = (verifier.TipHash, verifier.Final?.Height ?? 0);
        var block = ledger.BlockAt(height);
        return verifier.Height == height && tip == (block?.Hash ?? ledger.Genesis.Network) && final == (block?.FinalHeight ?? 0)
            ? null
            : $"ends with block {verifier.Height} {tip}, {final} final; expected {height} {block?.Hash}, {block?.FinalHeight} final";
    }

    private string? Read(ReadOnlyMemory<byte> export, ChainVerifier verifier)
    {
        if (!export.Span.StartsWith(ExportFormat.Magic))
        {
            return "does not begin as an export";
        }

        for (var at = ExportFormat.Magic.Length; ;)
        {
            if (export.Length - at < ExportFormat.RecordHeadSize
                || !ExportFormat.TryReadHead(export.Span.Slice(at, ExportFormat.RecordHeadSize), out var kind, out var length)
                || export.Length - at - ExportFormat.RecordHeadSize < length)
            {
                return $"has no whole record at byte {at}";
            }

            var bytes = export.Slice(at + ExportFormat.RecordHeadSize, length);
            if (kind == ExportRecordKind.End && !bytes.Span.SequenceEqual(SHA256.HashData(export.Span[..at])))
            {
                return "has another digest at its end";
            }

            if (Add(verifier, kind, bytes) is { } fault)
            {
                return $"does not verify: {fault}";
            }

            at += ExportFormat.RecordHeadSize + length;
            if (kind == ExportRecordKind.Seal && ledger.BlockAt(verifier.Height) is { } block && block.Hash != verifier.TipHash)
            {
                return $"has {verifier.TipHash} as block {verifier.Height}; the journal {block.Hash}";
            }

            if (kind == ExportRecordKind.End)
            {
                return at == export.Length ? null : $"has {export.Length - at} bytes after its end";
            }
        }
    }

    private ChainFault? Add(ChainVerifier verifier, ExportRecordKind kind, ReadOnlyMemory<byte> bytes) => kind switch
    {
        ExportRecordKind.Genesis => verifier.AddGenesis(bytes),
        ExportRecordKind.Batch => verifier.AddBatch(checkBatch(bytes, verifier.Network)),
        ExportRecordKind.Seal => verifier.AddSeal(bytes),
        ExportRecordKind.End => verifier.Finish(),
    };
}
