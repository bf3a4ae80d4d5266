using Consortium.Ledger.Identifiers;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class IdentifierVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_published_lei_is_read_and_written_back()
    {
        foreach (string text in Lines("lei_valid.txt"))
        {
            Assert.True(Lei.TryParse(text, out Lei lei), text);
            Assert.Equal(text, lei.ToString());
            Assert.Equal(lei, Lei.FromParts(text[..18]));
        }
    }

    [Fact]
    public void Every_published_isin_is_read_and_written_back()
    {
        foreach (string text in Lines("isin_valid.txt"))
        {
            Assert.True(Isin.TryParse(text, out Isin isin), text);
            Assert.Equal(text, isin.ToString());
            Assert.Equal(isin, Isin.FromParts(text[..11]));
        }
    }

    // The check digits find every digit put for a digit. A letter is two digits to them, so a change of kind may go
    // unseen.
    [Fact]
    public void No_lei_survives_another_digit_in_place_of_a_digit() =>
        Assert.All(
            Lines("lei_valid.txt").SelectMany(WithAnotherDigit),
            text => Assert.False(Lei.TryParse(text, out _), text));

    [Fact]
    public void No_isin_survives_another_digit_in_place_of_a_digit() =>
        Assert.All(
            Lines("isin_valid.txt").SelectMany(WithAnotherDigit),
            text => Assert.False(Isin.TryParse(text, out _), text));

    private static IEnumerable<string> WithAnotherDigit(string text) =>
        from position in Enumerable.Range(0, text.Length)
        where char.IsAsciiDigit(text[position])
        from digit in "0123456789"
        where digit != text[position]
        select string.Concat(text.AsSpan(0, position), [digit], text.AsSpan(position + 1));

    private IEnumerable<string> Lines(string name) => VectorFiles.Find(output, "identifiers", name)
        .SelectMany(File.ReadAllLines)
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && line[0] != '#');
}
