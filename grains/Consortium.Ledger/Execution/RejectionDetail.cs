namespace Consortium.Ledger.Execution;

/// <summary>One rule that a transaction broke.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Subject">The part of the payload that broke it, for example <c>legs[2].account</c>.</param>
/// <param name="Inputs">The values that the rule compared, so that the sender need not look them up.</param>
/// <param name="Remedy">The smallest change that would pass, or empty where there is none.</param>
public sealed record RejectionDetail(
    Rejection Code,
    string Subject,
    IReadOnlyList<RejectionInput> Inputs,
    string Remedy)
{
    /// <summary>Translates to the recorded form.</summary>
    /// <returns>The message.</returns>
    public Wire.RejectionDetail ToWire()
    {
        var message = new Wire.RejectionDetail { Code = (uint)Code, Subject = Subject, Remedy = Remedy };
        message.Inputs.AddRange(Inputs.Select(input => new Wire.RejectionInput { Name = input.Name, Value = input.Value }));
        return message;
    }
}
