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
}
