namespace Consortium.Ledger.Hashing;

/// <summary>Numbers of messages that <see cref="Sha256Lanes"/> can hash side by side.</summary>
internal enum LaneWidth
{
    /// <summary>One after the other, by the platform's own SHA-256.</summary>
    One,

    /// <summary>Eight, in 256-bit vectors.</summary>
    Eight,

    /// <summary>Sixteen, in 512-bit vectors.</summary>
    Sixteen,
}
