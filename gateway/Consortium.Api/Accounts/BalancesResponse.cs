namespace Consortium.Api;

/// <summary>What an account holds.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="TimeMs">The time at which pledges count.</param>
/// <param name="Balances">One line per instrument, those of zero included.</param>
/// <param name="Height">The block asked for; left out for the live state.</param>
/// <param name="Position">For the live state: the last journal entry that is surely in it.</param>
public sealed record BalancesResponse(
    string Account,
    ulong TimeMs,
    IReadOnlyList<BalanceLine> Balances,
    ulong? Height = null,
    ulong? Position = null);
