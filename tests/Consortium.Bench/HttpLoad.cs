using Consortium.Client.Load;

namespace Consortium.Bench;

/// <summary>One load on a gateway, with the gateway's processor time while it was submitted.</summary>
/// <param name="Result">What came of the load.</param>
/// <param name="ServerCpuSeconds">The gateway's processor time from the first submission to the last answer.</param>
internal sealed record HttpLoad(LoadResult Result, double ServerCpuSeconds)
{
    public static async Task<HttpLoad> RunAsync(ILoadTarget gateway, LoadOptions options)
    {
        using var client = gateway.Connect(options.Connections);
        var start = new CpuAtSubmission(gateway);
        var result = await new LoadGenerator(client, TimeProvider.System)
            .RunAsync(options, gateway.Custodian, start, CancellationToken.None);
        if (result.Committed == 0 || result.Rejected + result.Refused + result.Unanswered > 0)
        {
            throw new InvalidOperationException($"The load did not go through: {result}");
        }

        return new HttpLoad(result, gateway.CpuSeconds - start.CpuSeconds);
    }

    // The last thing the generator reports is that it begins to submit.
    private sealed class CpuAtSubmission(ILoadTarget gateway) : IProgress<string>
    {
        public double CpuSeconds { get; private set; }

        public void Report(string value) => CpuSeconds = gateway.CpuSeconds;
    }
}
