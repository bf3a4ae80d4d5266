using System.Diagnostics;

namespace Consortium.Client;

/// <summary>Traces of the SDK: a submission's <c>submit</c> is the root of its trace, or stands in the caller's own.</summary>
public static class ClientInstruments
{
    /// <summary>Name of the activity source.</summary>
    public const string Name = "Consortium.Client";

    private static readonly ActivitySource Source = new(Name);

    internal static Activity? StartSubmit(int transactions) =>
        Source.StartActivity("submit", ActivityKind.Client)?.SetTag("consortium.transactions", transactions);
}
