using Consortium.Grains.Messages;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Consortium.Cluster.Tests.Messages;

public sealed class BlobsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void What_is_absent_stays_absent_and_what_is_empty_stays_empty()
    {
        ReadOnlyMemory<byte>?[] items = [new byte[] { 1, 2, 3 }, null, ReadOnlyMemory<byte>.Empty, new byte[300]];
        var read = RoundTrip(Blobs.From(items)).ToList();
        Assert.Equal(items.Select(item => item?.ToArray()), read.Select(item => item?.ToArray()));
    }

    [Fact]
    public void None_are_none()
    {
        Assert.Empty(RoundTrip(default).ToList());
        Assert.Empty(RoundTrip(Blobs.From([])).ToList());
    }

    [Theory]
    [InlineData("000000")]
    [InlineData("00000002AA")]
    [InlineData("FFFFFFFE")]
    [InlineData("7FFFFFFF00")]
    [InlineData("00000001AA00")]
    public void A_length_that_does_not_fit_is_a_damaged_message(string hex)
    {
        // Blobs cannot be made damaged; a message can: the bytes of one with the same length are replaced.
        var bytes = Convert.FromHexString(hex);
        var marker = new byte[bytes.Length - 4 < 0 ? 0 : bytes.Length - 4];
        Array.Fill(marker, (byte)0x5A);
        var serializer = _services.GetRequiredService<Serializer<Blobs>>();
        var message = bytes.Length < 4
            ? Replace(serializer.SerializeToArray(Blobs.From([ReadOnlyMemory<byte>.Empty])), [0, 0, 0, 0], [255, 255, 255, 254])
            : Replace(serializer.SerializeToArray(Blobs.From([marker])), [.. Length(marker.Length), .. marker], bytes);
        Assert.Throws<FormatException>(() => serializer.Deserialize(message).ToList());
    }

    private static byte[] Length(int length) => [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];

    private static byte[] Replace(byte[] message, byte[] old, byte[] with)
    {
        var at = message.AsSpan().IndexOf(old);
        Assert.True(at >= 0);
        with.CopyTo(message, at);
        return message;
    }

    private Blobs RoundTrip(Blobs blobs)
    {
        var serializer = _services.GetRequiredService<Serializer<Blobs>>();
        return serializer.Deserialize(serializer.SerializeToArray(blobs));
    }
}
