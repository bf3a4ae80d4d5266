using Consortium.Ledger.Accounts;

namespace Consortium.Api;

/// <summary>m-of-n keys.</summary>
/// <param name="Threshold">m.</param>
/// <param name="Keys">n keys, X then Y, 128 hexadecimal digits each.</param>
public sealed record AuthorityJson(uint Threshold, IReadOnlyList<string> Keys)
{
    /// <summary>Describes an authority.</summary>
    /// <param name="authority">The authority.</param>
    /// <returns>The JSON form.</returns>
    public static AuthorityJson From(Authority authority) =>
        new(authority.Threshold, [.. authority.Keys.Select(key => key.ToString())]);

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static AuthorityJson FromWire(Wire.AccountAuthority wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new AuthorityJson(wire.Threshold, [.. wire.Keys]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.AccountAuthority ToWire() => new()
    {
        Threshold = Threshold,
        Keys = { Keys },
    };
}
