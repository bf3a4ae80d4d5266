using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Consortium.Gateway.Grpc.Errors;

/// <summary>Takes the place of the framework's gzip, and refuses messages that come compressed with it.</summary>
/// <remarks>
/// The framework limits the bytes of a message as it comes, and not those that it unpacks to: four megabytes of gzip may unpack to four
/// gigabytes. An empty list of providers does not help, because the framework fills it.
/// </remarks>
internal sealed class RefusedCompression : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => "gzip";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        throw new NotSupportedException("Answers are sent as they are.");

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, "Messages are not taken compressed. Send them as they are, without grpc-encoding."));
}
