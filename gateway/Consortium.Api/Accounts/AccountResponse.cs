using Consortium.Ledger.Accounts;

namespace Consortium.Api;

/// <summary>An account.</summary>
/// <param name="Id"><c>acc1…</c>.</param>
/// <param name="Custodian">The member that keeps it, <c>mem1…</c>.</param>
/// <param name="Owner">The beneficial owner, <c>pty1…</c>.</param>
/// <param name="Authority">Whose signatures move what it holds.</param>
/// <param name="RotatedKeys">Keys that were replaced, latest last.</param>
/// <param name="Frozen">Neither gives nor receives.</param>
/// <param name="ConsentRequired">Receives only what its authority signs for.</param>
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
}
