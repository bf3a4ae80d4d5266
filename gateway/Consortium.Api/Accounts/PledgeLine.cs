using Consortium.Ledger.Accounts;

namespace Consortium.Api;

/// <summary>Part of a holding that is set aside.</summary>
/// <param name="Deal">The deal's transaction, <c>tx1…</c>.</param>
/// <param name="Amount">Smallest units.</param>
/// <param name="Beneficiary">The account that may release it.</param>
/// <param name="UntilMs">UTC milliseconds, exclusive.</param>
public sealed record PledgeLine(string Deal, string Amount, string Beneficiary, ulong UntilMs)
{
    /// <summary>Describes a pledge.</summary>
    /// <param name="pledge">The pledge.</param>
    /// <returns>The line.</returns>
    public static PledgeLine From(Pledged pledge) =>
        new(pledge.Deal.ToString(), pledge.Amount.ToString(), pledge.Beneficiary.ToString(), pledge.UntilMs);

    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static PledgeLine FromWire(Wire.PledgeLine wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new PledgeLine(wire.Deal, wire.Amount, wire.Beneficiary, wire.UntilMs);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.PledgeLine ToWire() => new()
    {
        Deal = Deal,
        Amount = Amount,
        Beneficiary = Beneficiary,
        UntilMs = UntilMs,
    };
}
