namespace Consortium.Grains.Messages;

/// <summary>Asks for progress beyond what the caller knows; the sequencer waits up to a second for some before it answers.</summary>
/// <param name="Activation">The activation known.</param>
/// <param name="Position">The last journal entry known.</param>
/// <param name="ArchivedHeight">The last archived block known.</param>
[GenerateSerializer]
[Alias("consortium.follow-request")]
[Immutable]
public sealed record FollowRequest(
    [property: Id(0)] ulong Activation,
    [property: Id(1)] ulong Position,
    [property: Id(2)] ulong ArchivedHeight);
