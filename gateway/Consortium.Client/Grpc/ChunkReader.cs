using Grpc.Core;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Client.Grpc;

/// <summary>Reads the pieces of an export as one stream; ends the call when disposed.</summary>
internal sealed class ChunkReader(AsyncServerStreamingCall<ApiWire.ExportChunk> call, CallMaker calls) : Stream
{
    private ReadOnlyMemory<byte> _rest;
    private bool _isEnded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for the first piece.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => FillAsync(cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await FillAsync(cancellationToken);
        var count = Math.Min(_rest.Length, buffer.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The export is read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            call.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (_rest.IsEmpty && !_isEnded)
        {
            _isEnded = !await calls.GuardAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken);
            _rest = _isEnded ? default : call.ResponseStream.Current.Content.Memory;
        }
    }
}
