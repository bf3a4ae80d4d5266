namespace Consortium.Gateway.Telemetry;

/// <summary>The attributes of traces, metrics and logs that name the process they come from.</summary>
/// <param name="Service">The kind of process (OpenTelemetry's <c>service.name</c>).</param>
/// <param name="Member">The member that runs it, by name, or <see langword="null"/> where no member or more than one does (<c>consortium.member</c>).</param>
public sealed record TelemetryIdentity(string Service, string? Member)
{
    /// <summary>A gateway by itself.</summary>
    public static TelemetryIdentity Gateway { get; } = new("consortium-gateway", Member: null);

    /// <summary>Tells processes of one service apart (<c>service.instance.id</c>): machine name, in a container the pod's, and process id.</summary>
    public static string Instance { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";
}
