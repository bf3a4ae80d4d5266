namespace Consortium.Ledger.Transactions;

/// <summary>What a transaction asks for; one sealed record per <see cref="TransactionKind"/>.</summary>
public abstract record TransactionBody
{
    private protected TransactionBody()
    {
    }

    /// <summary>The kind of transaction; its number is permanent.</summary>
    public abstract TransactionKind Kind { get; }
}
