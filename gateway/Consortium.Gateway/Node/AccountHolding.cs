using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;

namespace Consortium.Gateway.Node;

/// <summary>What an account holds of one instrument.</summary>
/// <param name="Instrument">What is held.</param>
/// <param name="Holding">How much, with pledges and lots.</param>
public sealed record AccountHolding(Instrument Instrument, Holding Holding);
