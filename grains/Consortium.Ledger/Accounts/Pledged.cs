using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Accounts;

/// <summary>Part of a holding that is set aside for one deal until a time.</summary>
/// <param name="Deal">The deal's transaction.</param>
/// <param name="Amount">Units, in the asset's smallest unit.</param>
/// <param name="Beneficiary">The account that may release it.</param>
/// <param name="UntilMs">UTC milliseconds, exclusive: from then on it holds nothing back.</param>
public readonly record struct Pledged(TransactionId Deal, Amount Amount, AccountId Beneficiary, ulong UntilMs);
