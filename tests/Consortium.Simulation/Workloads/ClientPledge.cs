using Consortium.Ledger.Ids;

namespace Consortium.Simulation.Workloads;

/// <summary>A pledge as the clients believe it to be.</summary>
/// <param name="Account">The account that pledged.</param>
/// <param name="Asset">The asset, in full right.</param>
/// <param name="Amount">Units pledged.</param>
/// <param name="Deal">The deal's transaction.</param>
/// <param name="Beneficiary">The account that may release the pledge.</param>
/// <param name="UntilMs">Exclusive.</param>
/// <param name="Prepared">The deal, signed and not sent, or <see langword="null"/> when it will never come.</param>
internal sealed record ClientPledge(
    ClientAccount Account,
    ClientAsset Asset,
    Int128 Amount,
    TransactionId Deal,
    ClientAccount Beneficiary,
    ulong UntilMs,
    IntendedTransaction? Prepared);
