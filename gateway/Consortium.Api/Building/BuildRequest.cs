using System.Text.Json;

namespace Consortium.Api;

/// <summary>Body of <c>POST /v1/transactions/build</c>.</summary>
/// <param name="Kind">For example <c>deal</c>.</param>
/// <param name="Body">The kind's fields, see <see cref="TransactionJson"/>.</param>
/// <param name="ValidForSeconds">How long the transaction may be ordered, from the gateway's time; default 600. Not together with <paramref name="ValidUntilMs"/>.</param>
/// <param name="ValidUntilMs">Until when it may be ordered, UTC milliseconds, exclusive.</param>
/// <param name="Salt">At most 64 hexadecimal digits that tell otherwise equal transactions apart; when left out the gateway takes 16 random bytes.</param>
public sealed record BuildRequest(
    string Kind,
    JsonElement Body,
    ulong? ValidForSeconds = null,
    ulong? ValidUntilMs = null,
    string? Salt = null);
