using System.Diagnostics.CodeAnalysis;
using Consortium.Ledger.Hashing;

namespace Consortium.Ledger.State;

/// <summary>One shard's state as of the last block cut: every key with its value, under one root.</summary>
/// <remarks>
/// <para>
/// A compact sparse Merkle tree. A key sits at its path, the SHA-256 digest of its bytes, read as left (0) and
/// right (1) turns from the root. An empty subtree hashes to 32 zero bytes. A subtree with exactly one key is that
/// key's leaf, which hashes to <c>SHA-256(0x00 || path || SHA-256(value))</c>. Any other subtree is an inner node,
/// which hashes to <c>SHA-256(0x01 || left || right)</c>.
/// </para>
/// <para>The root depends on the set of keys and values alone, not on how it came about.</para>
/// <para>Keys and values are referenced, not copied: nobody may change the arrays. One thread at a time.</para>
/// </remarks>
public sealed class SparseMerkleTree
{
    private readonly InnerNodePool _inner = new();
    private readonly LeafPool _leaves = new();
    private readonly TreeUpdate _update;

    /// <summary>Makes an empty tree.</summary>
    public SparseMerkleTree() => _update = new TreeUpdate(_inner, _leaves);

    /// <summary>The root hash; zero for an empty tree.</summary>
    public Digest Root => _inner.Hash(InnerNodePool.RootSlot);

    /// <summary>The number of keys.</summary>
    public int Count => _leaves.Used;

    /// <summary>Inner nodes in use.</summary>
    internal int InnerNodeCount => _inner.Used;

    /// <summary>Makes a tree of entries.</summary>
    /// <param name="entries">Keys and values, in any order.</param>
    /// <returns>The tree.</returns>
    /// <exception cref="ArgumentException">A key occurs twice.</exception>
    public static SparseMerkleTree FromEntries(ReadOnlySpan<(byte[] Key, byte[] Value)> entries)
    {
        var tree = new SparseMerkleTree();
        tree.Put(entries);
        return tree;
    }

    /// <summary>Puts entries into the tree, such as a part of a snapshot.</summary>
    /// <param name="entries">Keys and values, in any order.</param>
    /// <exception cref="ArgumentException">A key occurs twice; the tree is as before.</exception>
    public void Put(ReadOnlySpan<(byte[] Key, byte[] Value)> entries)
    {
        const int BatchCount = 1024;
        byte[][] keys = new byte[Math.Min(BatchCount, entries.Length)][];
        byte[] paths = new byte[keys.Length * Digest.Size];
        var changes = new TreeChange[entries.Length];
        for (int start = 0; start < entries.Length; start += BatchCount)
        {
            int count = Math.Min(BatchCount, entries.Length - start);
            for (int i = 0; i < count; i++)
            {
                keys[i] = entries[start + i].Key;
            }

            Sha256Lanes.HashEach(keys.AsSpan(0, count), paths.AsSpan(0, count * Digest.Size));
            for (int i = 0; i < count; i++)
            {
                Digest path = Digest.FromBytes(paths.AsSpan(i * Digest.Size, Digest.Size));
                changes[start + i] = new TreeChange(keys[i], path, entries[start + i].Value);
            }
        }

        Update(changes);
    }

    /// <summary>Applies the changes of one block.</summary>
    /// <param name="changes">
    /// The changes, each key at most once, in any order; deleting a key that is not there is no change.
    /// </param>
    /// <exception cref="ArgumentException">A key changes twice, or is missing; the tree is as before.</exception>
    public void Update(ReadOnlySpan<TreeChange> changes) => _update.Apply(changes);

    /// <summary>Looks a key up.</summary>
    /// <param name="path">The digest of the key.</param>
    /// <param name="key">The key's bytes, which the caller must not change.</param>
    /// <param name="value">The value's bytes, which the caller must not change.</param>
    /// <returns>Whether the key is there.</returns>
    public bool TryGet(
        Digest path, [NotNullWhen(true)] out byte[]? key, [NotNullWhen(true)] out byte[]? value)
    {
        NodeReference reference = _inner.Child(InnerNodePool.RootSlot);
        for (int depth = 0; reference.IsInner; depth++)
        {
            reference = _inner.Child(InnerNodePool.Slot(reference.Inner, StatePath.Side(in path, depth)));
        }

        if (reference.IsLeaf && _leaves.Path(reference.Leaf) == path)
        {
            key = _leaves.Key(reference.Leaf);
            value = _leaves.Value(reference.Leaf);
            return true;
        }

        key = null;
        value = null;
        return false;
    }

    /// <summary>Makes a proof that shows a key's value, or its absence, to a verifier who knows only the root.</summary>
    /// <param name="path">The digest of the key.</param>
    /// <returns>A proof of presence when the key has a value, otherwise a proof of absence.</returns>
    public StateProof Prove(Digest path)
    {
        var siblings = new List<Digest>();
        int slot = InnerNodePool.RootSlot;
        for (int depth = 0; _inner.Child(slot).IsInner; depth++)
        {
            slot = InnerNodePool.Slot(_inner.Child(slot).Inner, StatePath.Side(in path, depth));
            siblings.Add(_inner.Hash(slot ^ 1));
        }

        NodeReference end = _inner.Child(slot);
        if (end.IsEmpty)
        {
            return StateProof.OfEmptySlot(siblings);
        }

        ref readonly Digest found = ref _leaves.Path(end.Leaf);
        return found == path
            ? StateProof.OfPresence(siblings)
            : StateProof.OfOtherLeaf(siblings, found, Digest.Sha256(_leaves.Value(end.Leaf)));
    }

    /// <summary>Lists all keys and values.</summary>
    /// <returns>
    /// A new array in path order, which stays as it is while the tree moves on. The key and value arrays are the
    /// tree's own.
    /// </returns>
    public (byte[] Key, byte[] Value)[] ToArray()
    {
        var entries = new (byte[] Key, byte[] Value)[Count];
        int count = 0;
        var waiting = new Stack<NodeReference>();
        waiting.Push(_inner.Child(InnerNodePool.RootSlot));
        while (waiting.TryPop(out NodeReference reference))
        {
            if (reference.IsInner)
            {
                ReadOnlySpan<NodeReference> children = _inner.Children(reference.Inner);
                waiting.Push(children[1]);
                waiting.Push(children[0]);
            }
            else if (reference.IsLeaf)
            {
                entries[count++] = (_leaves.Key(reference.Leaf), _leaves.Value(reference.Leaf));
            }
        }

        return entries;
    }

    /// <summary>Begins a snapshot of all keys and values as they are now; later updates do not change what it reads.</summary>
    /// <returns>The snapshot, to be read to its end or released.</returns>
    public TreeSnapshot TakeSnapshot() => new(_inner, _leaves);
}
