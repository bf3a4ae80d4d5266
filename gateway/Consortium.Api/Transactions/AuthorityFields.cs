using System.Text.Json.Nodes;
using Consortium.Ledger.Accounts;

namespace Consortium.Api;

/// <summary>Writes an authority as fields.</summary>
internal static class AuthorityFields
{
    public static JsonObject Write(Authority authority) => new()
    {
        ["threshold"] = authority.Threshold,
        ["keys"] = new JsonArray([.. authority.Keys.Select(key => (JsonNode)key.ToString())]),
    };
}
