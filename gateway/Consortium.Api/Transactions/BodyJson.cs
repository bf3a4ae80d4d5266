using System.Text.Json.Nodes;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>The JSON form of one kind of transaction.</summary>
public abstract class BodyJson
{
    private protected BodyJson()
    {
    }

    /// <summary>The kind of transaction; its number is permanent.</summary>
    public abstract TransactionKind Kind { get; }

    /// <summary>The fields of the body, for people.</summary>
    public abstract string Fields { get; }

    /// <summary>A body with every field.</summary>
    public abstract TransactionBody Example { get; }

    /// <summary>The kind's name, for example <c>open_account</c>.</summary>
    public string Name => TransactionCatalogue.Find(Kind)?.Name ?? throw new InvalidOperationException($"{Kind} is not in the catalogue.");

    internal abstract TransactionBody Read(FieldReader fields);

    internal abstract JsonObject Write(TransactionBody body);
}
