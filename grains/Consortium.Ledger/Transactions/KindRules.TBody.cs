using Consortium.Ledger.Execution;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of the kind whose body is <typeparamref name="TBody"/>.</summary>
/// <typeparam name="TBody">The body.</typeparam>
internal abstract class KindRules<TBody> : KindRules
    where TBody : TransactionBody
{
    internal sealed override void Write(TransactionBody body, Wire.Payload payload) => Write((TBody)body, payload);

    internal sealed override void DeclareReads(TransactionBody body, ICollection<StateKey> reads) =>
        DeclareReads((TBody)body, reads);

    internal sealed override void Execute(TransactionBody body, RuleContext context) => Execute((TBody)body, context);

    protected abstract void Write(TBody body, Wire.Payload payload);

    protected abstract void DeclareReads(TBody body, ICollection<StateKey> reads);

    protected abstract void Execute(TBody body, RuleContext context);
}
