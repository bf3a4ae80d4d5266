namespace Consortium.Api;

/// <summary>An account that a balance sheet consists of.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="Balances">The account's holdings; holdings of zero are left out.</param>
/// <param name="Issues">The asset whose issuance account it is.</param>
public sealed record BalanceSheetAccount(string Account, IReadOnlyList<BalanceLine> Balances, string? Issues = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BalanceSheetAccount FromWire(Wire.BalanceSheetAccount wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BalanceSheetAccount(
            wire.Account,
            [.. wire.Balances.Select(BalanceLine.FromWire)],
            wire.HasIssues ? wire.Issues : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.BalanceSheetAccount ToWire()
    {
        var wire = new Wire.BalanceSheetAccount
        {
            Account = Account,
            Balances = { Balances.Select(one => one.ToWire()) },
        };
        if (Issues is not null)
        {
            wire.Issues = Issues;
        }

        return wire;
    }
}
