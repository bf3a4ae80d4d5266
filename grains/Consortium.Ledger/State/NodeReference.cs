namespace Consortium.Ledger.State;

/// <summary>The content of a slot of the state tree: nothing, an inner node or a leaf.</summary>
/// <remarks><see langword="default"/> is nothing. Inner node 0 holds the root's slot and is below no slot.</remarks>
internal readonly record struct NodeReference
{
    private readonly int _code;

    private NodeReference(int code) => _code = code;

    public bool IsEmpty => _code == 0;

    public bool IsInner => _code > 0;

    public bool IsLeaf => _code < 0;

    /// <summary>The number of the inner node; meaningful only if <see cref="IsInner"/>.</summary>
    public int Inner => _code;

    /// <summary>The number of the leaf; meaningful only if <see cref="IsLeaf"/>.</summary>
    public int Leaf => ~_code;

    public static NodeReference FromInner(int inner) => new(inner);

    public static NodeReference FromLeaf(int leaf) => new(~leaf);
}
