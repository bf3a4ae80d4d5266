using System.Text.Json;
using System.Text.Json.Nodes;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Transactions' bodies as JSON: what <c>POST /v1/transactions/build</c> takes, and what reads show.</summary>
public static class TransactionJson
{
    /// <summary>Every kind; a new kind appends a line here.</summary>
    public static IReadOnlyList<BodyJson> All { get; } =
    [
        new OpenAccountJson(),
        new RotateKeysJson(),
        new RegisterAssetJson(),
        new IssueJson(),
        new RetireJson(),
        new DealJson(),
        new PledgeJson(),
        new ReleaseJson(),
        new SetFreezeJson(),
    ];

    private static readonly Dictionary<string, BodyJson> ByName = All.ToDictionary(json => json.Name, StringComparer.Ordinal);
    private static readonly Dictionary<TransactionKind, BodyJson> ByKind = All.ToDictionary(json => json.Kind);

    /// <summary>Finds a kind by name.</summary>
    /// <param name="name">For example <c>deal</c>.</param>
    /// <returns>The kind, or <see langword="null"/>.</returns>
    public static BodyJson? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The name of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>For example <c>open_account</c>.</returns>
    public static string NameOf(TransactionKind kind) => ByKind[kind].Name;

    /// <summary>Reads a body.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="json">The fields; any field that the kind does not have is a fault.</param>
    /// <param name="body">The body, or <see langword="null"/>.</param>
    /// <returns>A sentence that names the faulty field; or <see langword="null"/>.</returns>
    public static string? TryRead(string kind, JsonElement json, out TransactionBody? body)
    {
        body = null;
        if (Find(kind) is not { } found)
        {
            return $"kind '{kind}' is not one of {string.Join(", ", All.Select(entry => entry.Name))}";
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return $"body must be an object with the fields of {kind}: {found.Fields}";
        }

        var fields = FieldReader.Of(json, "body");
        var read = found.Read(fields);
        fields.RefuseOthers();
        if (fields.Fault is null)
        {
            body = read;
        }

        return fields.Fault;
    }

    /// <summary>Writes a body.</summary>
    /// <param name="body">The body.</param>
    /// <returns>Fields that <see cref="TryRead"/> reads.</returns>
    public static JsonObject Write(TransactionBody body) => ByKind[body.Kind].Write(body);
}
