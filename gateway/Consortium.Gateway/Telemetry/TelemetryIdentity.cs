namespace Consortium.Gateway.Telemetry;

/// <summary>What traces, metrics and logs say about the process that sent them.</summary>
/// <param name="Service">The kind of process (OpenTelemetry's <c>service.name</c>).</param>
/// <param name="Member">The member that runs it, by name, or <see langword="null"/> where no member or more than one does (<c>consortium.member</c>).</param>
public sealed record TelemetryIdentity(string Service, string? Member)
{
    /// <summary>A gateway by itself.</summary>
    public static TelemetryIdentity Gateway { get; } = new("consortium-gateway", Member: null);

    /// <summary>Which of all such processes it is (<c>service.instance.id</c>): in a container the machine's name is the pod's.</summary>
    public static string Instance { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";
}
