namespace Consortium.Api;

/// <summary>What a party owns and owes after a sealed block: what one owns another owes.</summary>
/// <param name="Party"><c>pty1…</c>.</param>
/// <param name="Height">The block.</param>
/// <param name="TimeMs">Time of the block's cut.</param>
/// <param name="Assets">Positive holdings, summed over its accounts.</param>
/// <param name="Liabilities">What is outstanding of the assets it issues.</param>
/// <param name="Accounts">The accounts it consists of.</param>
public sealed record BalanceSheetResponse(
    string Party,
    ulong Height,
    ulong TimeMs,
    IReadOnlyList<BalanceSheetLine> Assets,
    IReadOnlyList<BalanceSheetLine> Liabilities,
    IReadOnlyList<BalanceSheetAccount> Accounts);
