using System.Text.Json.Nodes;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>The JSON form of the kind whose body is <typeparamref name="TBody"/>.</summary>
/// <typeparam name="TBody">The body.</typeparam>
internal abstract class BodyJson<TBody> : BodyJson
    where TBody : TransactionBody
{
    internal sealed override JsonObject Write(TransactionBody body) => Write((TBody)body);

    protected abstract JsonObject Write(TBody body);
}
