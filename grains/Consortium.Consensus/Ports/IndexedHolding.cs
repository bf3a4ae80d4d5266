using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Consensus.Ports;

/// <summary>A holding as it stood from one height on.</summary>
/// <param name="Account">The account.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="Height">The block that wrote it.</param>
/// <param name="Holding">The holding after that block.</param>
public sealed record IndexedHolding(AccountId Account, Instrument Instrument, ulong Height, Holding Holding);
