using Consortium.Ledger.Accounts;

namespace Consortium.Api;

/// <summary>An account.</summary>
/// <param name="Id"><c>acc1…</c>.</param>
/// <param name="Custodian">The member that keeps it, <c>mem1…</c>.</param>
/// <param name="Owner">The beneficial owner, <c>pty1…</c>.</param>
/// <param name="Authority">The keys that sign for the account.</param>
/// <param name="RotatedKeys">Keys that were replaced, latest last.</param>
/// <param name="Frozen">Neither gives nor receives.</param>
/// <param name="ConsentRequired">Whether the account receives only what its authority signs for.</param>
/// <param name="Issues">The asset whose issuance account this is, <c>ast1…</c>.</param>
public sealed record AccountResponse(
    string Id,
    string Custodian,
    string Owner,
    AuthorityJson Authority,
    IReadOnlyList<string> RotatedKeys,
    bool Frozen,
    bool ConsentRequired,
    string? Issues = null)
{
    /// <summary>Describes an account.</summary>
    /// <param name="account">The account.</param>
    /// <returns>The response.</returns>
    public static AccountResponse From(Account account) => new(
        account.Id.ToString(),
        account.Custodian.ToString(),
        account.Owner.ToString(),
        AuthorityJson.From(account.Authority),
        [.. account.RotatedKeys.Select(key => key.ToString())],
        account.Frozen,
        account.ConsentRequired,
        account.IsIssuanceAccount ? account.Issues.ToString() : null);

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static AccountResponse FromWire(Wire.Account wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new AccountResponse(
            wire.Id,
            wire.Custodian,
            wire.Owner,
            AuthorityJson.FromWire(wire.Authority ?? new()),
            [.. wire.RotatedKeys],
            wire.Frozen,
            wire.ConsentRequired,
            wire.HasIssues ? wire.Issues : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Account ToWire()
    {
        var wire = new Wire.Account
        {
            Id = Id,
            Custodian = Custodian,
            Owner = Owner,
            Authority = Authority.ToWire(),
            RotatedKeys = { RotatedKeys },
            Frozen = Frozen,
            ConsentRequired = ConsentRequired,
        };
        if (Issues is not null)
        {
            wire.Issues = Issues;
        }

        return wire;
    }
}
