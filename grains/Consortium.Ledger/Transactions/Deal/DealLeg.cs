using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>One account, one instrument, one signed amount.</summary>
/// <param name="Account">The account.</param>
/// <param name="Instrument">The instrument that is given or received.</param>
/// <param name="Amount">Smallest units; negative gives, positive receives, never zero.</param>
public readonly record struct DealLeg(AccountId Account, Instrument Instrument, Int128 Amount);
