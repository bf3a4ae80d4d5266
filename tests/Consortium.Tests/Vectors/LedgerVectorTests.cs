using System.Text.Json;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Tests.Ledger;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

/// <summary>
/// What was fixed stays fixed: a change of these files is a change of the protocol. <c>CONSORTIUM_VECTORS_WRITE=1</c> writes them anew.
/// </summary>
public sealed class LedgerVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_example_is_written_byte_by_byte_as_it_was_fixed()
    {
        var folder = Path.Combine(VectorFiles.Root, "ledger");
        if (Environment.GetEnvironmentVariable("CONSORTIUM_VECTORS_WRITE") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var (file, text) in LedgerVectors.All())
            {
                File.WriteAllText(Path.Combine(folder, file), text);
            }
        }

        foreach (var (file, text) in LedgerVectors.All())
        {
            foreach (var path in VectorFiles.Find(output, "ledger", file))
            {
                Assert.Equal(File.ReadAllText(path), text);
            }
        }
    }

    [Fact]
    public void Every_fixed_example_is_read_and_its_ids_follow_from_its_bytes()
    {
        foreach (var path in VectorFiles.Find(output, "ledger", "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var vector = document.RootElement;
            if (vector.TryGetProperty("payload", out _))
            {
                var payload = Bytes(vector, "payload");
                Assert.Null(TransactionCodec.TryDecodeUnsigned(payload, LedgerFixture.Genesis.Network, [], out var transaction));
                Assert.Equal(vector.GetProperty("kind").GetString(), TransactionCatalogue.Find(transaction!.Body.Kind)!.Name);
                Assert.True(TransactionId.TryParse(vector.GetProperty("transaction_id").GetString(), out var id));
                Assert.Equal(Digest.Sha256(payload), id.Digest);
            }
            else if (vector.TryGetProperty("genesis", out _))
            {
                Assert.Null(Genesis.TryRead(Bytes(vector, "genesis"), out var genesis));
                Assert.Equal(vector.GetProperty("network_id").GetString(), genesis!.Network.ToString());
            }
            else
            {
                Assert.True(BlockHeader.TryRead(Bytes(vector, "header"), out var header));
                Assert.Equal(vector.GetProperty("hash").GetString(), header.Hash.ToString());
            }

            if (vector.TryGetProperty("state", out var state))
            {
                foreach (var entry in state.EnumerateArray())
                {
                    Assert.True(StateKey.TryRead(Bytes(entry, "key"), out var key));
                    Assert.Equal(Bytes(entry, "value"), StateValue.Decode(key.Kind, Bytes(entry, "value"))?.Encode());
                    Assert.Equal(entry.GetProperty("shard").GetInt32(), key.Shard(LedgerFixture.Genesis.ShardCount));
                }
            }
        }
    }

    private static byte[] Bytes(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);
}
