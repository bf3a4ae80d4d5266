using System.Security.Cryptography;
using Consortium.Ledger.Verification;

namespace Consortium.Consensus.Exporting;

/// <summary>Writes the export format (SPEC.md section 7).</summary>
internal sealed class ExportWriter(Stream destination) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public Task BeginAsync(CancellationToken cancellationToken) =>
        WriteAsync(ExportFormat.Magic.ToArray(), cancellationToken);

    public async Task WriteAsync(ExportRecordKind kind, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var head = new byte[ExportFormat.RecordHeadSize];
        ExportFormat.WriteHead(head, kind, bytes.Length);
        await WriteAsync(head, cancellationToken);
        await WriteAsync(bytes, cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken) =>
        WriteAsync(ExportRecordKind.End, _hash.GetCurrentHash(), cancellationToken);

    public void Dispose() => _hash.Dispose();

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _hash.AppendData(bytes.Span);
        await destination.WriteAsync(bytes, cancellationToken);
    }
}
