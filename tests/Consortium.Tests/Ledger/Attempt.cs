using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

/// <summary>A body and the names of the keys that sign it.</summary>
internal sealed record Attempt(TransactionBody Body, params string[] Signers)
{
    /// <summary>The same with another body of the same kind.</summary>
    public Attempt With<TBody>(Func<TBody, TBody> change)
        where TBody : TransactionBody => this with { Body = change((TBody)Body) };

    public Attempt SignedBy(params string[] signers) => this with { Signers = signers };
}
