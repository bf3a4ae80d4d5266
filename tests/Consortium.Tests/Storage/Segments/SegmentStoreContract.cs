using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;

namespace Consortium.Tests.Storage.Segments;

/// <summary>The promises of <c>ISegmentStore</c>, tested on every implementation.</summary>
public abstract class SegmentStoreContract
{
    protected abstract ISegmentStore Store { get; }

    [Fact]
    public async Task Segments_are_listed_by_prefix_in_order_of_their_names_with_their_lengths()
    {
        foreach (var name in (string[])["b/2", "a/1", "b/10", "b.c"])
        {
            await Store.CreateAsync(name, default);
        }

        await Store.AppendAsync("b/2", 0, new byte[7], default);
        Assert.Equal([new("b/10", 0), new("b/2", 7)], await Store.ListAsync("b/", default));
        Assert.Equal([new("b/10", 0)], await Store.ListAsync("b/1", default));
        Assert.Equal([new("a/1", 0), new("b.c", 0), new("b/10", 0), new("b/2", 7)], await Store.ListAsync("", default));
        Assert.Empty(await Store.ListAsync("c/", default));
    }

    [Fact]
    public async Task Creating_a_segment_that_exists_leaves_it_as_it_is()
    {
        await Store.CreateAsync("a", default);
        await Store.AppendAsync("a", 0, new byte[] { 1, 2 }, default);
        await Store.CreateAsync("a", default);
        Assert.Equal([1, 2], await ReadAsync("a", 0, 10));
    }

    [Fact]
    public async Task Bytes_are_read_from_any_offset_up_to_the_end()
    {
        await Store.CreateAsync("a", default);
        await Store.AppendAsync("a", 0, new byte[] { 1, 2, 3 }, default);
        await Store.AppendAsync("a", 3, new byte[] { 4, 5 }, default);
        Assert.Equal([1, 2, 3, 4, 5], await ReadAsync("a", 0, 10));
        Assert.Equal([3, 4], await ReadAsync("a", 2, 2));
        Assert.Equal([5], await ReadAsync("a", 4, 9));
        Assert.Empty(await ReadAsync("a", 5, 9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task An_append_anywhere_but_at_the_end_is_a_conflict_and_changes_nothing(long offset)
    {
        await Store.CreateAsync("a", default);
        await Store.AppendAsync("a", 0, new byte[] { 1, 2, 3 }, default);
        var exception = await Assert.ThrowsAsync<SegmentConflictException>(async () => await Store.AppendAsync("a", offset, new byte[] { 9 }, default));
        Assert.Equal(("a", offset), (exception.Name, exception.Offset));
        Assert.Equal([1, 2, 3], await ReadAsync("a", 0, 10));
    }

    [Fact]
    public async Task Of_appends_at_the_same_offset_one_happens()
    {
        await Store.CreateAsync("a", default);
        for (var round = 0; round < 20; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
            {
                try
                {
                    await Store.AppendAsync("a", round, new[] { (byte)writer }, default);
                    return writer;
                }
                catch (SegmentConflictException)
                {
                    return -1;
                }
            }));
            var winner = Assert.Single(outcomes, writer => writer >= 0);
            Assert.Equal([(byte)winner], await ReadAsync("a", round, 10));
        }
    }

    [Fact]
    public async Task What_is_larger_than_an_append_may_be_is_refused_and_not_written()
    {
        await Store.CreateAsync("a", default);
        var exception = await Assert.ThrowsAsync<StorageException>(
            async () => await Store.AppendAsync("a", 0, new byte[Store.Limits.AppendBytes + 1], default));
        Assert.False(exception.IsUnknown);
        Assert.Contains($"at most {Store.Limits.AppendBytes}", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await ReadAsync("a", 0, 10));
        await Store.AppendAsync("a", 0, new byte[Store.Limits.AppendBytes], default);
    }

    [Fact]
    public async Task What_would_make_a_segment_larger_than_it_may_be_is_refused()
    {
        await Store.CreateAsync("a", default);
        var exception = await Assert.ThrowsAsync<StorageException>(
            async () => await Store.AppendAsync("a", Store.Limits.SegmentBytes - 1, new byte[2], default));
        Assert.Contains($"at most {Store.Limits.SegmentBytes}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segment_that_is_not_there_is_told_and_nothing_is_written()
    {
        var append = await Assert.ThrowsAsync<StorageException>(async () => await Store.AppendAsync("a/b", 0, new byte[1], default));
        Assert.False(append.IsUnknown);
        Assert.Contains("a/b", append.Message, StringComparison.Ordinal);
        var read = await Assert.ThrowsAsync<StorageException>(async () => await ReadAsync("a/b", 0, 1));
        Assert.Contains("a/b", read.Message, StringComparison.Ordinal);
        Assert.Empty(await Store.ListAsync("a", default));
    }

    [Fact]
    public async Task A_deleted_segment_is_gone_and_may_be_deleted_again()
    {
        await Store.CreateAsync("a", default);
        await Store.DeleteAsync("a", default);
        await Store.DeleteAsync("a", default);
        Assert.Empty(await Store.ListAsync("", default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("/a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public async Task What_is_not_a_name_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CreateAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.AppendAsync(name, 0, new byte[1], default));
    }

    private async Task<byte[]> ReadAsync(string name, long offset, int count)
    {
        var buffer = new byte[count];
        return buffer[..await Store.ReadAsync(name, offset, buffer, default)];
    }
}
