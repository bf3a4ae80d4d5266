using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Consortium.Ledger.State;

/// <summary>Shows what a <see cref="SparseMerkleTree"/> holds for one key to someone who knows only its root.</summary>
/// <remarks>
/// <para>
/// A proof names neither root, key nor value: <see cref="Verify"/> and <see cref="VerifyAbsence"/> take them from the
/// verifier, who must not take them from the proof's maker.
/// </para>
/// <para>Encoding, with exactly one encoding for each proof:</para>
/// <list type="bullet">
/// <item>one byte: <see cref="Kind"/>;</item>
/// <item>two bytes, high byte first: <see cref="Depth"/>, 0 to 256;</item>
/// <item>
/// one bit per sibling from the root down, the high bit of each byte first, then zero bits to the next byte:
/// whether the sibling is not the empty subtree;
/// </item>
/// <item>32 bytes for each such sibling from the root down, never all zero;</item>
/// <item>for <see cref="StateProofKind.OtherLeaf"/>: the path and the value hash of that leaf, 32 bytes each.</item>
/// </list>
/// </remarks>
public sealed class StateProof
{
    /// <summary>The most bytes a proof encodes to: 256 siblings and another leaf.</summary>
    public const int EncodedLengthMax =
        HeaderLength + (StatePath.BitCount / 8) + ((StatePath.BitCount + 2) * Digest.Size);

    private const int HeaderLength = sizeof(byte) + sizeof(ushort);

    /// <summary>From the root down, empty subtrees included.</summary>
    private readonly Digest[] _siblings;
    private readonly Digest _otherPath;
    private readonly Digest _otherValueHash;

    private StateProof(StateProofKind kind, Digest[] siblings, Digest otherPath, Digest otherValueHash)
    {
        Kind = kind;
        _siblings = siblings;
        _otherPath = otherPath;
        _otherValueHash = otherValueHash;
    }

    /// <summary>How the path of the key ends: in its own leaf, in an empty slot, or in the leaf of another key.</summary>
    public StateProofKind Kind { get; }

    /// <summary>Inner nodes from the root to the end of the path.</summary>
    public int Depth => _siblings.Length;

    /// <summary>Reads a proof from bytes that may come from anyone.</summary>
    /// <param name="bytes">The encoding, with nothing behind it.</param>
    /// <param name="proof">The proof, which encodes to exactly <paramref name="bytes"/>.</param>
    /// <returns>Whether <paramref name="bytes"/> is the encoding of a proof.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out StateProof? proof)
    {
        proof = null;
        if (bytes.Length < HeaderLength || bytes[0] > (byte)StateProofKind.OtherLeaf)
        {
            return false;
        }

        var kind = (StateProofKind)bytes[0];
        int depth = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        int bitmapLength = BitmapLength(depth);
        ReadOnlySpan<byte> rest = bytes[HeaderLength..];
        if (depth > StatePath.BitCount || rest.Length < bitmapLength)
        {
            return false;
        }

        ReadOnlySpan<byte> bitmap = rest[..bitmapLength];
        ReadOnlySpan<byte> digests = rest[bitmapLength..];
        int digestCount = CountBits(bitmap) + (kind == StateProofKind.OtherLeaf ? 2 : 0);
        if (digests.Length != digestCount * Digest.Size
            || !TryReadSiblings(depth, bitmap, ref digests, out Digest[]? siblings))
        {
            return false;
        }

        proof = kind == StateProofKind.OtherLeaf
            ? new StateProof(kind, siblings, Take(ref digests), Take(ref digests))
            : new StateProof(kind, siblings, default, default);
        return true;
    }

    /// <summary>Checks that a key is in a tree with a value.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="path">The digest of the key.</param>
    /// <param name="value">The value's bytes, possibly none.</param>
    /// <param name="proof">The proof that <see cref="SparseMerkleTree.Prove"/> returned for the key.</param>
    /// <returns>Whether the proof shows it.</returns>
    public static bool Verify(Digest root, Digest path, ReadOnlySpan<byte> value, StateProof? proof) =>
        proof is { Kind: StateProofKind.Presence }
        && proof.RootAbove(in path, StateNodeHash.Leaf(in path, Digest.Sha256(value))) == root;

    /// <summary>Checks that a key is not in a tree.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="path">The digest of the key.</param>
    /// <param name="proof">The proof that <see cref="SparseMerkleTree.Prove"/> returned for the key.</param>
    /// <returns>Whether the proof shows it.</returns>
    public static bool VerifyAbsence(Digest root, Digest path, StateProof? proof) =>
        proof is not null && proof.ShowsAbsence(in path) && proof.RootAbove(in path, proof.EndHash()) == root;

    /// <summary>Writes the proof as bytes.</summary>
    /// <returns>The encoding, at most <see cref="EncodedLengthMax"/> bytes.</returns>
    public byte[] Encode()
    {
        bool hasOther = Kind == StateProofKind.OtherLeaf;
        int bitmapLength = BitmapLength(Depth);
        int digestCount = _siblings.Count(sibling => !sibling.IsZero) + (hasOther ? 2 : 0);
        byte[] bytes = new byte[HeaderLength + bitmapLength + (digestCount * Digest.Size)];
        bytes[0] = (byte)Kind;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)Depth);
        Span<byte> bitmap = bytes.AsSpan(HeaderLength, bitmapLength);
        Span<byte> digests = bytes.AsSpan(HeaderLength + bitmapLength);
        for (int i = 0; i < Depth; i++)
        {
            if (!_siblings[i].IsZero)
            {
                bitmap[i / 8] |= (byte)(0x80 >> (i % 8));
                Put(in _siblings[i], ref digests);
            }
        }

        if (hasOther)
        {
            Put(in _otherPath, ref digests);
            Put(in _otherValueHash, ref digests);
        }

        return bytes;
    }

    /// <summary>Makes a proof that a key's own leaf stands at the end of its path.</summary>
    internal static StateProof OfPresence(List<Digest> siblings) =>
        new(StateProofKind.Presence, [.. siblings], default, default);

    /// <summary>Makes a proof that nothing stands at the end of a path.</summary>
    internal static StateProof OfEmptySlot(List<Digest> siblings) =>
        new(StateProofKind.EmptySlot, [.. siblings], default, default);

    /// <summary>Makes a proof that another key's leaf stands at the end of a path.</summary>
    internal static StateProof OfOtherLeaf(List<Digest> siblings, Digest otherPath, Digest otherValueHash) =>
        new(StateProofKind.OtherLeaf, [.. siblings], otherPath, otherValueHash);

    private static int BitmapLength(int depth) => (depth + 7) / 8;

    private static int CountBits(ReadOnlySpan<byte> bitmap)
    {
        int count = 0;
        foreach (byte bits in bitmap)
        {
            count += BitOperations.PopCount(bits);
        }

        return count;
    }

    private static bool TryReadSiblings(
        int depth,
        ReadOnlySpan<byte> bitmap,
        ref ReadOnlySpan<byte> digests,
        [NotNullWhen(true)] out Digest[]? siblings)
    {
        siblings = null;
        var read = new Digest[depth];
        for (int i = 0; i < bitmap.Length * 8; i++)
        {
            if ((bitmap[i / 8] & (0x80 >> (i % 8))) == 0)
            {
                continue;
            }

            if (i >= depth)
            {
                return false;
            }

            read[i] = Take(ref digests);
            if (read[i].IsZero)
            {
                return false;
            }
        }

        siblings = read;
        return true;
    }

    private static Digest Take(ref ReadOnlySpan<byte> digests)
    {
        Digest digest = Digest.FromBytes(digests[..Digest.Size]);
        digests = digests[Digest.Size..];
        return digest;
    }

    private static void Put(in Digest digest, ref Span<byte> digests)
    {
        digest.CopyTo(digests);
        digests = digests[Digest.Size..];
    }

    private bool ShowsAbsence(in Digest path) => Kind switch
    {
        StateProofKind.Presence => false,
        StateProofKind.EmptySlot => true,
        StateProofKind.OtherLeaf => _otherPath != path && StatePath.SharePrefix(in _otherPath, in path, Depth),
    };

    /// <summary>The hash of what stands at the end of the path of an absent key.</summary>
    private Digest EndHash() =>
        Kind == StateProofKind.OtherLeaf ? StateNodeHash.Leaf(in _otherPath, in _otherValueHash) : default;

    /// <summary>The root of a tree with these siblings and a given subtree at the end of the path.</summary>
    private Digest RootAbove(in Digest path, Digest hash)
    {
        for (int depth = Depth - 1; depth >= 0; depth--)
        {
            hash = StatePath.Side(in path, depth) == 0
                ? StateNodeHash.Inner(in hash, in _siblings[depth])
                : StateNodeHash.Inner(in _siblings[depth], in hash);
        }

        return hash;
    }
}
