using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;

namespace Consortium.Gateway.Node;

/// <summary>An instrument that an account holds, with the holding.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Holding">Posted units, pledges and lots.</param>
public sealed record AccountHolding(Instrument Instrument, Holding Holding);
