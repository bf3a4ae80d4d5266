using Consortium.Ledger.Encoding;
using Consortium.Ledger.Signatures;

namespace Consortium.Ledger.Accounts;

/// <summary>The keys that may sign for an account or member: any m of n of them.</summary>
/// <remarks>Whether it is usable is a rule (<see cref="Rejection.AuthorityInvalid"/>), not a property of every instance.</remarks>
/// <param name="Threshold">m: how many keys must sign.</param>
/// <param name="Keys">n keys, in the order given.</param>
public sealed record Authority(uint Threshold, IReadOnlyList<PublicKey> Keys)
{
    /// <summary>One key that acts alone.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The authority.</returns>
    public static Authority Single(PublicKey key) => new(1, [key]);

    /// <summary>Counts how many of the keys are among the signers.</summary>
    /// <param name="signers">Keys whose signatures were checked.</param>
    /// <returns>0 to n.</returns>
    public uint CountSigned(IReadOnlyList<PublicKey> signers)
    {
        uint count = 0;
        for (var i = 0; i < Keys.Count; i++)
        {
            count += Contains(signers, Keys[i]) ? 1u : 0u;
        }

        return count;
    }

    /// <summary>Compares threshold and keys in order.</summary>
    /// <param name="other">The other authority.</param>
    /// <returns>Whether both are the same.</returns>
    public bool Equals(Authority? other) =>
        other is not null && Threshold == other.Threshold && Keys.SequenceEqual(other.Keys);

    /// <inheritdoc/>
    public override int GetHashCode() => Keys.Count == 0 ? 0 : Keys[0].GetHashCode();

    internal static bool Contains(IReadOnlyList<PublicKey> keys, PublicKey key)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] == key)
            {
                return true;
            }
        }

        return false;
    }

    internal static Authority Read(ref CanonicalReader reader)
    {
        var threshold = (uint)reader.Unsigned(uint.MaxValue);
        return new Authority(threshold, ReadKeys(ref reader, LedgerLimits.AuthorityKeysMax));
    }

    internal static PublicKey[] ReadKeys(ref CanonicalReader reader, int max)
    {
        var keys = new PublicKey[reader.Count(max)];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new PublicKey(reader.Digest(), reader.Digest());
        }

        return keys;
    }

    internal static void WriteKeys(ref CanonicalWriter writer, IReadOnlyList<PublicKey> keys)
    {
        writer.Unsigned((ulong)keys.Count);
        foreach (var key in keys)
        {
            writer.Digest(key.X);
            writer.Digest(key.Y);
        }
    }

    internal void Write(ref CanonicalWriter writer)
    {
        writer.Unsigned(Threshold);
        WriteKeys(ref writer, Keys);
    }
}
