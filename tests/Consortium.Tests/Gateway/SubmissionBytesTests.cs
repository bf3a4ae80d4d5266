using Consortium.Api;

namespace Consortium.Tests.Gateway;

public sealed class SubmissionBytesTests
{
    [Fact]
    public void What_is_joined_is_split_into_the_same_bytes()
    {
        ReadOnlyMemory<byte>[] parts = [new byte[] { 1 }, Array.Empty<byte>(), new byte[300]];
        Assert.Null(SubmissionBytes.TrySplit(SubmissionBytes.Join(parts), 10, out var split, out var count));
        Assert.Equal(3, count);
        Assert.Equal(parts.Select(part => part.ToArray()), split.Select(part => part.ToArray()));
    }

    [Fact]
    public void More_than_the_limit_are_counted_and_not_kept()
    {
        var body = SubmissionBytes.Join(Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[1], 10));
        Assert.Null(SubmissionBytes.TrySplit(body, 3, out var split, out var count));
        Assert.Equal((10, 3), (count, split.Count));
    }

    [Theory]
    [InlineData("", "no transactions")]
    [InlineData("1a", "ends within a field")]
    [InlineData("1a05ff", "ends within a field")]
    [InlineData("1affffffff0f", "ends within a field")]
    [InlineData("1affffffffff", "ends within a field")]
    [InlineData("2200", "field 4")]
    [InlineData("1800", "field 3 of wire type 0")]
    [InlineData("0a001a00", "one or the other")]
    public void Bytes_that_are_no_submission_are_refused(string hex, string expected)
    {
        var fault = SubmissionBytes.TrySplit(Convert.FromHexString(hex), 10, out _, out _);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_are_split_or_refused_and_never_throw()
    {
        var random = new Random(20_261_122);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            var fault = SubmissionBytes.TrySplit(bytes, 4, out var split, out var count);
            Assert.Equal(fault is null, count > 0 && split.Count == Math.Min(count, 4) && fault is null);
        }
    }
}
