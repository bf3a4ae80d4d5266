using Consortium.Ledger.Amounts;
using Consortium.Ledger.Encoding;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Accounts;

/// <summary>An account's units of one instrument: posted and pledged kept apart, with the lots that they came in.</summary>
/// <param name="Posted">Smallest units; negative only on an issuance account, by the amount outstanding.</param>
/// <param name="Lots">The lots that a positive holding consists of; none on an issuance account.</param>
/// <param name="Pledges">Amounts set aside, in the order made; those whose time has passed hold nothing back.</param>
/// <param name="Destroyed">Coin-seconds that moves out of this holding to other owners have destroyed so far.</param>
public sealed record Holding(Int128 Posted, Lots Lots, IReadOnlyList<Pledged> Pledges, CoinSeconds Destroyed) : StateValue
{
    /// <summary>Nothing held, nothing pledged.</summary>
    public static Holding Empty { get; } = new(0, Lots.None, [], default);

    /// <summary>The units pledged at a time, to whichever deal.</summary>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <returns>The sum of the pledges that have not ended.</returns>
    public Amount PledgedAt(ulong nowMs) => PledgedToOthers(default, nowMs);

    /// <summary>The units pledged at a time to all deals but one.</summary>
    /// <param name="deal">The deal whose own pledge does not count.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <returns>The sum.</returns>
    public Amount PledgedToOthers(TransactionId deal, ulong nowMs)
    {
        var sum = Amount.Zero;
        foreach (var pledge in Pledges)
        {
            if (pledge.UntilMs > nowMs && pledge.Deal != deal)
            {
                sum += pledge.Amount;
            }
        }

        return sum;
    }

    /// <summary>Reads canonical bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The holding, or <see langword="null"/>.</returns>
    public static Holding? Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var posted = reader.Signed();
        var destroyed = CoinSeconds.FromValue(reader.Big());
        var lots = new Lot[reader.Count(LedgerLimits.LotsMax)];
        for (var i = 0; i < lots.Length; i++)
        {
            lots[i] = new Lot((long)reader.Unsigned(Lot.DayMax), reader.Integer(), reader.Integer());
        }

        var pledges = new Pledged[reader.Count(LedgerLimits.PledgesMax)];
        for (var i = 0; i < pledges.Length; i++)
        {
            pledges[i] = new Pledged(
                new TransactionId(reader.Digest()),
                new Amount(reader.Integer()),
                new AccountId(reader.Digest()),
                reader.Unsigned());
        }

        return reader.Succeeded && Lots.TryFromOrdered(lots, out var ordered) ? new Holding(posted, ordered, pledges, destroyed) : null;
    }

    /// <inheritdoc/>
    public override byte[] Encode()
    {
        var writer = new CanonicalWriter(stackalloc byte[256]);
        writer.Signed(Posted);
        writer.Big(Destroyed.Value);
        writer.Unsigned((ulong)Lots.Items.Count);
        foreach (var lot in Lots.Items)
        {
            writer.Unsigned((ulong)lot.Day);
            writer.Integer(lot.Quantity);
            writer.Integer(lot.SecondsOfDay);
        }

        writer.Unsigned((ulong)Pledges.Count);
        foreach (var pledge in Pledges)
        {
            writer.Digest(pledge.Deal.Digest);
            writer.Integer(pledge.Amount.Units);
            writer.Digest(pledge.Beneficiary.Digest);
            writer.Unsigned(pledge.UntilMs);
        }

        return writer.ToArray();
    }
}
