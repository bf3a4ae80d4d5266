namespace Consortium.Silo.Membership;

/// <summary>The silo that suspects another of being dead, and the time at which it did so.</summary>
internal sealed record FolderSuspicion(string By, DateTimeOffset Time);
