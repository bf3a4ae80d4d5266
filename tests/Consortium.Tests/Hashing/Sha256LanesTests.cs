using System.Security.Cryptography;
using Consortium.Ledger.Hashing;

namespace Consortium.Tests.Hashing;

public sealed class Sha256LanesTests
{
    public static IEnumerable<object[]> Widths() => SupportedWidths().Select(width => new object[] { (int)width });

    private static List<LaneWidth> SupportedWidths()
    {
        var widths = new List<LaneWidth> { LaneWidth.One };
        if (EightLanes.IsSupported)
        {
            widths.Add(LaneWidth.Eight);
        }

        if (SixteenLanes.IsSupported)
        {
            widths.Add(LaneWidth.Sixteen);
        }

        return widths;
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Equal_length_messages_have_the_digests_of_the_platform(int width)
    {
        byte[] bytes = Noise(300 * 40);
        for (int length = 0; length <= 300; length++)
        {
            for (int count = 0; count <= 40; count++)
            {
                byte[] digests = new byte[count * 32];
                Sha256Lanes.HashMany((LaneWidth)width, bytes.AsSpan(0, count * length), length, digests);
                for (int i = 0; i < count; i++)
                {
                    byte[] expected = SHA256.HashData(bytes.AsSpan(i * length, length));
                    Assert.True(
                        digests.AsSpan(i * 32, 32).SequenceEqual(expected),
                        $"message {i} of {count} with {length} bytes");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Messages_of_mixed_lengths_have_the_digests_of_the_platform(int width)
    {
        byte[] bytes = Noise(2500);
        for (int count = 0; count <= 400; count += 13)
        {
            var messages = new byte[count][];
            for (int i = 0; i < count; i++)
            {
                messages[i] = bytes[..(i * 7919 % (i % 5 == 0 ? 2500 : 130))];
            }

            byte[] digests = new byte[count * 32];
            Sha256Lanes.HashEach((LaneWidth)width, messages, digests);
            Assert.Equal(messages.SelectMany(SHA256.HashData), digests);
        }
    }

    [Fact]
    public void The_best_width_is_one_this_processor_has() =>
        Assert.Contains(Sha256Lanes.BestWidth, SupportedWidths());

    [Theory]
    [InlineData(65, 65, 31)]
    [InlineData(64, 65, 32)]
    [InlineData(66, 65, 32)]
    [InlineData(1, 0, 32)]
    [InlineData(0, 65, 32)]
    public void Buffers_that_do_not_match_are_refused(int messages, int length, int digests) =>
        Assert.Throws<ArgumentException>(
            () => Sha256Lanes.HashMany(new byte[messages], length, new byte[digests]));

    [Fact]
    public void Mixed_messages_need_one_digest_each() =>
        Assert.Throws<ArgumentException>(() => Sha256Lanes.HashEach([[1], [2]], new byte[32]));

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        uint state = 1;
        for (int i = 0; i < length; i++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }
}
