namespace Consortium.Ledger.Transactions;

/// <summary>The request that a transaction makes; one sealed record per <see cref="TransactionKind"/>.</summary>
public abstract record TransactionBody
{
    private protected TransactionBody()
    {
    }

    /// <summary>The kind of transaction; its number is permanent.</summary>
    public abstract TransactionKind Kind { get; }
}
