namespace Consortium.Api;

/// <summary>An account that a balance sheet consists of.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="Balances">What it holds; lines of zero are left out.</param>
/// <param name="Issues">The asset whose issuance account it is.</param>
public sealed record BalanceSheetAccount(string Account, IReadOnlyList<BalanceLine> Balances, string? Issues = null);
