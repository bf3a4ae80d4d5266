using System.Buffers.Binary;
using Consortium.Ledger;
using Consortium.Ledger.Work;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class BitcoinHeaderVectorTests(ITestOutputHelper output)
{
    private const int HeaderSize = 80;
    private const int PreviousHashOffset = 4;
    private const int BitsOffset = 72;
    private const int NonceOffset = 76;

    [Fact]
    public void Every_header_meets_its_own_target()
    {
        foreach (byte[] header in Headers())
        {
            Target target = TargetOf(header);
            Digest hash = DoubleSha256.Hash(header);
            Assert.True(target.IsMetBy(hash));
            Assert.True(target.Work > 0);
        }
    }

    [Fact]
    public void No_header_meets_its_target_with_another_nonce()
    {
        foreach (byte[] header in Headers())
        {
            header[NonceOffset] ^= 1;
            Assert.False(TargetOf(header).IsMetBy(DoubleSha256.Hash(header)));
        }
    }

    [Fact]
    public void Bits_survive_the_way_to_a_target_and_back()
    {
        foreach (byte[] header in Headers())
        {
            Assert.Equal(BitsOf(header), TargetOf(header).ToCompact());
        }
    }

    [Fact]
    public void The_second_block_names_the_hash_of_the_first()
    {
        IReadOnlyList<string> first = VectorFiles.Find(output, "bitcoin", "block-1.bin");
        IReadOnlyList<string> second = VectorFiles.Find(output, "bitcoin", "block-2.bin");
        if (first.Count == 1 && second.Count == 1)
        {
            Digest named = Digest.FromBytes(Header(second[0]).AsSpan(PreviousHashOffset, Digest.Size));
            Assert.Equal(named, DoubleSha256.Hash(Header(first[0])));
        }
    }

    private static byte[] Header(string file) => File.ReadAllBytes(file)[..HeaderSize];

    private static uint BitsOf(byte[] header) => BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(BitsOffset));

    private static Target TargetOf(byte[] header)
    {
        Assert.True(Target.TryFromCompact(BitsOf(header), out Target target));
        return target;
    }

    private IEnumerable<byte[]> Headers() => VectorFiles.Find(output, "bitcoin", "block-*.bin").Select(Header);
}
