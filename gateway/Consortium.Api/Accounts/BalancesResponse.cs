namespace Consortium.Api;

/// <summary>The holdings of an account.</summary>
/// <param name="Account"><c>acc1…</c>.</param>
/// <param name="TimeMs">The time at which pledges count.</param>
/// <param name="Balances">One line per instrument, those of zero included.</param>
/// <param name="Height">The block asked for; left out for the live state.</param>
/// <param name="Position">For the live state: a journal position that the answer is sure to include.</param>
public sealed record BalancesResponse(
    string Account,
    ulong TimeMs,
    IReadOnlyList<BalanceLine> Balances,
    ulong? Height = null,
    ulong? Position = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BalancesResponse FromWire(Wire.AccountBalances wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BalancesResponse(
            wire.Account,
            wire.TimeMs,
            [.. wire.Balances.Select(BalanceLine.FromWire)],
            wire.HasHeight ? wire.Height : null,
            wire.HasPosition ? wire.Position : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.AccountBalances ToWire()
    {
        var wire = new Wire.AccountBalances
        {
            Account = Account,
            TimeMs = TimeMs,
            Balances = { Balances.Select(one => one.ToWire()) },
        };
        if (Height is { } height)
        {
            wire.Height = height;
        }

        if (Position is { } position)
        {
            wire.Position = position;
        }

        return wire;
    }
}
