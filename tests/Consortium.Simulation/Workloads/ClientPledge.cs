using Consortium.Ledger.Ids;

namespace Consortium.Simulation.Workloads;

/// <summary>A pledge as clients believe it to stand.</summary>
/// <param name="Account">Who pledged.</param>
/// <param name="Asset">What, in full right.</param>
/// <param name="Amount">How much.</param>
/// <param name="Deal">The deal's transaction.</param>
/// <param name="Beneficiary">Who may release it.</param>
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
