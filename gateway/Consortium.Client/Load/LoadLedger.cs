using Consortium.Client.Transactions;
using Consortium.Ledger.Ids;

namespace Consortium.Client.Load;

/// <summary>What was put on the ledger for a load.</summary>
/// <param name="Builder">Makes payloads for the network.</param>
/// <param name="ValidFor">How long the load's transactions are valid.</param>
/// <param name="Accounts">The accounts.</param>
/// <param name="Cash">What payers give.</param>
/// <param name="Thing">What payees deliver in two-party deals.</param>
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
