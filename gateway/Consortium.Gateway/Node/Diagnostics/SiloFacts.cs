namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>The state of a silo as it reports it itself.</summary>
/// <param name="Member">The member's id as text, or <see langword="null"/> of a process that has every role for all members whose keys it has.</param>
/// <param name="Status">Its node's status.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Clock">The silo's clock when it answered, UTC.</param>
/// <param name="CertificateExpires">The last moment of its member certificate, UTC; <see langword="null"/> without one.</param>
public sealed record SiloFacts(
    string? Member,
    NodeStatus Status,
    string Version,
    DateTimeOffset Clock,
    DateTimeOffset? CertificateExpires);
