using Consortium.Ledger;

namespace Consortium.Api;

/// <summary>Why one transaction was not ordered.</summary>
/// <param name="Code">Number of the refusal; permanent.</param>
/// <param name="Name">Name of the refusal.</param>
/// <param name="Detail">One sentence that names the part of the request and the value that was found there.</param>
/// <param name="Action">What to do.</param>
/// <param name="Retryable">Whether the same bytes may be ordered later.</param>
public sealed record RefusalResponse(int Code, string Name, string Detail, string Action, bool Retryable)
{
    /// <summary>Describes a refusal.</summary>
    /// <param name="refused">The refusal.</param>
    /// <returns>The response.</returns>
    public static RefusalResponse From(Refused refused)
    {
        var entry = ErrorCatalogue.Find(refused.Code);
        return new RefusalResponse((int)entry.Code, entry.Code.ToString(), refused.Detail, entry.Action, entry.Retryable);
    }
}
