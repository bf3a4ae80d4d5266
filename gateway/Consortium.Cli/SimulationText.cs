using Consortium.Api;
using Consortium.Client.Transactions;

namespace Consortium.Cli;

/// <summary>Prints the result that a transaction would have now.</summary>
internal static class SimulationText
{
    public static async Task<VerbResult> RunAsync(VerbContext context, TransactionFile file, CancellationToken cancellationToken)
    {
        var request = new SimulationRequest(
            Convert.ToBase64String(file.Payload.Span),
            [.. file.Signers.Select(key => key.ToString())]);
        var simulation = await context.Client.SimulateAsync(request, cancellationToken);
        return VerbResult.Of(simulation, console =>
        {
            console.Facts(
            [
                ("Transaction", simulation.TransactionId),
                ("Would be", EnumText.Write(simulation.Outcome)),
                ("Would change", string.Join('\n', simulation.Changes.Select(change => change.Id))),
            ]);
            if (simulation.Rejections.Count > 0)
            {
                ReceiptText.ShowRejections(console, simulation.Rejections);
            }
        }) with
        {
            Failure = ReceiptText.FailureOf(simulation.Rejections, "If it were submitted now, the transaction would be"),
        };
    }
}
