using System.Security.Cryptography;
using Consortium.Ledger;
using Consortium.Ledger.Verification;

namespace Consortium.Client.Verification;

/// <summary>Reads the records of an exported chain one after the other, and checks the digest at its end.</summary>
/// <remarks>Holds one record at a time. A fault ends reading; what was read before it is still as it was written.</remarks>
public sealed class ChainFileReader : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Stream _stream;
    private bool _begun;
    private bool _ended;

    /// <summary>Reads from a stream.</summary>
    /// <param name="stream">The export, from its first byte; the caller disposes it.</param>
    public ChainFileReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
    }

    /// <summary>Why reading stopped before the end of the export; <see langword="null"/> while nothing is wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The record, or <see langword="null"/> at the end or after a <see cref="Fault"/>.</returns>
    public async ValueTask<ChainRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ended || Fault is not null || (!_begun && !await BeginAsync(cancellationToken)))
        {
            return null;
        }

        var head = new byte[ExportFormat.RecordHeadSize];
        if (!await FillAsync(head, cancellationToken))
        {
            return Fail("the file ends before its end record: it was cut off");
        }

        if (!ExportFormat.TryReadHead(head, out var kind, out var length))
        {
            return Fail($"the {ExportFormat.RecordHeadSize} bytes before byte {BytesRead} are no record head");
        }

        if (kind == ExportRecordKind.End)
        {
            await EndAsync(length, cancellationToken);
            return null;
        }

        var content = new byte[length];
        if (!await FillAsync(content, cancellationToken))
        {
            return Fail($"the record before byte {BytesRead} is cut off");
        }

        _hash.AppendData(head);
        _hash.AppendData(content);
        return new ChainRecord(kind, content);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private async ValueTask<bool> BeginAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        var magic = new byte[ExportFormat.Magic.Length];
        if (!await FillAsync(magic, cancellationToken) || !ExportFormat.Magic.SequenceEqual(magic))
        {
            Fail("the first bytes are not those of an exported chain of version 1");
            return false;
        }

        _hash.AppendData(magic);
        return true;
    }

    private async ValueTask EndAsync(int length, CancellationToken cancellationToken)
    {
        _ended = true;
        var digest = new byte[Digest.Size];
        if (length != digest.Length || !await FillAsync(digest, cancellationToken))
        {
            Fail("the end record is not a digest of 32 bytes");
        }
        else if (!_hash.GetHashAndReset().AsSpan().SequenceEqual(digest))
        {
            Fail("the digest at the end is not that of the bytes before it");
        }
        else if (await _stream.ReadAsync(new byte[1], cancellationToken) != 0)
        {
            Fail("bytes follow the end record");
        }
    }

    private async ValueTask<bool> FillAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var read = await _stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        BytesRead += read;
        return read == buffer.Length;
    }

    private ChainRecord? Fail(string fault)
    {
        Fault = fault;
        return null;
    }
}
