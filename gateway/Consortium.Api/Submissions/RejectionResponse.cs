using Consortium.Ledger;
using Consortium.Ledger.Execution;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Api;

/// <summary>One rule that a transaction broke.</summary>
/// <param name="Code">Number of the rejection; permanent.</param>
/// <param name="Name">Name of the rejection: searching the source for it finds the rule.</param>
/// <param name="Rule">The rule, in one sentence.</param>
/// <param name="Subject">The part of the payload that broke it, for example <c>legs[2].account</c>.</param>
/// <param name="Inputs">The values that the rule compared.</param>
/// <param name="Remedy">The smallest change that would pass, or empty where there is none.</param>
public sealed record RejectionResponse(
    int Code,
    string Name,
    string Rule,
    string Subject,
    IReadOnlyList<RejectionInputResponse> Inputs,
    string Remedy)
{
    /// <summary>Describes a recorded rejection.</summary>
    /// <param name="detail">The rejection.</param>
    /// <returns>The response.</returns>
    public static RejectionResponse From(LedgerWire.RejectionDetail detail) => From(
        (Rejection)detail.Code,
        detail.Subject,
        [.. detail.Inputs.Select(input => new RejectionInputResponse(input.Name, input.Value))],
        detail.Remedy);

    /// <summary>Describes a rejection.</summary>
    /// <param name="detail">The rejection.</param>
    /// <returns>The response.</returns>
    public static RejectionResponse From(RejectionDetail detail) => From(
        detail.Code,
        detail.Subject,
        [.. detail.Inputs.Select(input => new RejectionInputResponse(input.Name, input.Value))],
        detail.Remedy);

    private static RejectionResponse From(
        Rejection code,
        string subject,
        IReadOnlyList<RejectionInputResponse> inputs,
        string remedy) => new(
        (int)code,
        code.ToString(),
        Enum.IsDefined(code) ? code.Rule() : "A rule that this version does not know.",
        subject,
        inputs,
        remedy);

    /// <summary>Writes the message of the ledger.</summary>
    /// <returns>The message.</returns>
    public LedgerWire.RejectionDetail ToWire() => new()
    {
        Code = (uint)Code,
        Subject = Subject,
        Inputs = { Inputs.Select(input => new LedgerWire.RejectionInput { Name = input.Name, Value = input.Value }) },
        Remedy = Remedy,
    };
}
