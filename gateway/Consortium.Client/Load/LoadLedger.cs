using Consortium.Client.Transactions;
using Consortium.Ledger.Ids;

namespace Consortium.Client.Load;

/// <summary>The accounts and assets that were put on the ledger for a load.</summary>
/// <param name="Builder">Makes payloads for the network.</param>
/// <param name="ValidFor">Validity of the load's transactions, from their signing.</param>
/// <param name="Accounts">The accounts.</param>
/// <param name="Cash">The asset that payers give.</param>
/// <param name="Thing">The asset that payees deliver in two-party deals.</param>
internal sealed record LoadLedger(
    TransactionBuilder Builder,
    TimeSpan ValidFor,
    IReadOnlyList<LoadAccount> Accounts,
    AssetId Cash,
    AssetId Thing) : IDisposable
{
    public void Dispose()
    {
        foreach (var account in Accounts)
        {
            account.Dispose();
        }
    }
}
