using System.Text.Json;
using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Gateway;

public sealed class TransactionJsonTests
{
    public static TheoryData<string> Kinds => [.. TransactionJson.All.Select(json => json.Name)];

    [Fact]
    public void Every_kind_of_transaction_has_a_json_form() =>
        Assert.Equal(TransactionCatalogue.All.Select(rules => rules.Kind), TransactionJson.All.Select(json => json.Kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_body_written_as_json_is_read_as_the_same_bytes(string kind)
    {
        var example = TransactionJson.Find(kind)!.Example;
        using var json = JsonDocument.Parse(TransactionJson.Write(example).ToJsonString());
        Assert.Null(TransactionJson.TryRead(kind, json.RootElement, out var read));
        Assert.Equal(Encode(example), Encode(read!));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Leaving_out_any_field_either_names_it_or_has_a_default(string kind)
    {
        var entry = TransactionJson.Find(kind)!;
        foreach (var (name, _) in TransactionJson.Write(entry.Example).ToList())
        {
            var json = TransactionJson.Write(entry.Example);
            json.Remove(name);
            using var document = JsonDocument.Parse(json.ToJsonString());
            var fault = TransactionJson.TryRead(kind, document.RootElement, out _);
            var isOptional = entry.Fields.Contains(name + "?", StringComparison.Ordinal);
            Assert.True(isOptional ? fault is null : fault!.Contains("body." + name, StringComparison.Ordinal), $"{kind}.{name}: {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_field_of_another_type_is_named_and_never_throws(string kind)
    {
        string[] wrong = ["null", "7", "-1", "1e300", "true", "\"\"", "\"x\"", "[]", "[[]]", "{}", "[{}]", "[null]"];
        foreach (var (name, _) in TransactionJson.Write(TransactionJson.Find(kind)!.Example).ToList())
        {
            foreach (var value in wrong)
            {
                var json = TransactionJson.Write(TransactionJson.Find(kind)!.Example);
                json[name] = System.Text.Json.Nodes.JsonNode.Parse(value);
                using var document = JsonDocument.Parse(json.ToJsonString());
                var fault = TransactionJson.TryRead(kind, document.RootElement, out var body);
                Assert.Equal(fault is null, body is not null);
            }
        }
    }

    private static byte[] Encode(TransactionBody body) => TransactionCodec.EncodePayload(Digest.Sha256("network"u8), 1, [], body);
}
