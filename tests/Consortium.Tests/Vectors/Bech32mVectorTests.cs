using System.Text.Json;
using Consortium.Ledger.Encoding;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class Bech32mVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_valid_string_is_read_and_written_back()
    {
        foreach (JsonElement text in Cases("valid"))
        {
            Assert.True(Bech32m.TryDecodeWords(text.GetString(), out string prefix, out byte[] words));
            Assert.Equal(text.GetString()!.ToLowerInvariant(), Bech32m.EncodeWords(prefix, words));
        }
    }

    [Fact]
    public void Every_invalid_string_is_refused()
    {
        foreach (JsonElement test in Cases("invalid"))
        {
            string text = test.GetProperty("text").GetString()!;
            Assert.False(Bech32m.TryDecodeWords(text, out _, out _), test.GetProperty("reason").GetString());
            Assert.False(Bech32m.TryDecode(text, out _, out _), test.GetProperty("reason").GetString());
        }
    }

    [Fact]
    public void Every_valid_address_after_version_zero_holds_the_published_program()
    {
        foreach (JsonElement test in Cases("segwitValid"))
        {
            string address = test.GetProperty("address").GetString()!;
            string script = test.GetProperty("scriptPubKey").GetString()!;
            byte[]? program = Program(address);

            // Version zero keeps the checksum of BIP 173.
            bool isLaterVersion = !script.StartsWith("00", StringComparison.Ordinal);
            Assert.True(isLaterVersion == program is not null, address);
            if (program is not null)
            {
                Assert.Equal(script[4..], Convert.ToHexStringLower(program));
            }
        }
    }

    [Fact]
    public void Every_invalid_address_is_refused()
    {
        foreach (JsonElement test in Cases("segwitInvalid"))
        {
            Assert.True(
                Program(test.GetProperty("address").GetString()!) is null,
                test.GetProperty("reason").GetString());
        }
    }

    private static byte[]? Program(string address) =>
        Bech32m.TryDecodeWords(address, out string prefix, out byte[] words)
        && prefix is "bc" or "tb"
        && words.Length > 0
        && words[0] is >= 1 and <= 16
        && Bech32m.TryToBytes(words.AsSpan(1), out byte[] program)
        && program.Length is >= 2 and <= 40
            ? program
            : null;

    private List<JsonElement> Cases(string name)
    {
        var cases = new List<JsonElement>();
        foreach (string file in VectorFiles.Find(output, "bech32m", "bip350.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            cases.AddRange(document.RootElement.GetProperty(name).EnumerateArray().Select(element => element.Clone()));
        }

        return cases;
    }
}
