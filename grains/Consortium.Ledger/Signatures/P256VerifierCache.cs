using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Consortium.Ledger.Signatures;

/// <summary>
/// Verifies signatures and keeps the imported keys, since importing a key costs several times what verifying does.
/// </summary>
/// <remarks>
/// <para>
/// There are two generations of keys. A key that is used enters the young one; when that holds half the capacity it
/// becomes the old one and the old one is forgotten. So keys in use stay, and never more than the capacity are held.
/// </para>
/// <para>
/// May be used by many threads. The lock covers the look-up, neither the import nor the verifying. A forgotten key is
/// left to its finalizer because another thread may be verifying with it.
/// </para>
/// <para>
/// Keys that are not valid are not kept. The answers are those of <see cref="P256.Verify"/>, whatever is kept.
/// </para>
/// </remarks>
public sealed class P256VerifierCache : ISignatureVerifier
{
    /// <summary>Most keys that are kept unless the constructor is given another number.</summary>
    public const int DefaultCapacity = 65_536;

    private readonly Lock _gate = new();
    private readonly int _generationSize;
    private Dictionary<P256CacheKey, ECDsa> _young = [];
    private Dictionary<P256CacheKey, ECDsa> _old = [];

    /// <summary>Creates an empty cache of <see cref="DefaultCapacity"/> keys.</summary>
    public P256VerifierCache()
        : this(DefaultCapacity)
    {
    }

    /// <summary>Creates an empty cache.</summary>
    /// <param name="capacity">The most keys to keep; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 2.</exception>
    public P256VerifierCache(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _generationSize = capacity / 2;
    }

    /// <summary>The number of keys that are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _young.Count + _old.Count;
            }
        }
    }

    /// <summary>Checks a signature over a message.</summary>
    /// <param name="publicKey">X ‖ Y.</param>
    /// <param name="message">The message, which is hashed with SHA-256.</param>
    /// <param name="signature">r ‖ s; s may be low or high.</param>
    /// <returns>Whether the key is valid, r and s are in [1, n - 1] and the signature fits.</returns>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        VerifyDigest(publicKey, Digest.Sha256(message), signature);

    /// <summary>Checks a signature over a message that is already hashed.</summary>
    /// <param name="publicKey">X ‖ Y.</param>
    /// <param name="digest">The SHA-256 of the message.</param>
    /// <param name="signature">r ‖ s; s may be low or high.</param>
    /// <returns>Whether the key is valid, r and s are in [1, n - 1] and the signature fits.</returns>
    public bool VerifyDigest(ReadOnlySpan<byte> publicKey, Digest digest, ReadOnlySpan<byte> signature) =>
        P256.IsInRange(signature)
        && TryGet(publicKey, out ECDsa? key)
        && P256.VerifyDigest(key, digest, signature);

    /// <summary>Imports a key before its first use, unless it is kept already.</summary>
    /// <param name="publicKey">X ‖ Y; one that is not valid is not kept.</param>
    public void Import(ReadOnlySpan<byte> publicKey) => TryGet(publicKey, out _);

    /// <summary>Whether a key is kept now; asking does not count as use.</summary>
    /// <param name="publicKey">X ‖ Y.</param>
    /// <returns>Whether verifying with it would need no import.</returns>
    internal bool Holds(ReadOnlySpan<byte> publicKey)
    {
        var cacheKey = P256CacheKey.FromBytes(publicKey);
        lock (_gate)
        {
            return _young.ContainsKey(cacheKey) || _old.ContainsKey(cacheKey);
        }
    }

    private bool TryGet(ReadOnlySpan<byte> publicKey, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;
        if (publicKey.Length != P256.PublicKeySize)
        {
            return false;
        }

        var cacheKey = P256CacheKey.FromBytes(publicKey);
        lock (_gate)
        {
            if (TryFind(cacheKey, out key))
            {
                return true;
            }
        }

        if (!P256.TryImport(publicKey, out ECDsa? imported))
        {
            return false;
        }

        lock (_gate)
        {
            // Another thread may have imported it meanwhile; its import is the one others use already.
            if (TryFind(cacheKey, out key))
            {
                imported.Dispose();
                return true;
            }

            Add(cacheKey, imported);
        }

        key = imported;
        return true;
    }

    private bool TryFind(P256CacheKey cacheKey, [NotNullWhen(true)] out ECDsa? key)
    {
        if (_young.TryGetValue(cacheKey, out key))
        {
            return true;
        }

        if (!_old.Remove(cacheKey, out key))
        {
            return false;
        }

        Add(cacheKey, key);
        return true;
    }

    private void Add(P256CacheKey cacheKey, ECDsa key)
    {
        if (_young.Count == _generationSize)
        {
            _old = _young;
            _young = [];
        }

        _young.Add(cacheKey, key);
    }
}
