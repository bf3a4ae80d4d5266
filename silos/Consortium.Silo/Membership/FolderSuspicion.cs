namespace Consortium.Silo.Membership;

/// <summary>Who suspects a silo of being dead, and since when.</summary>
internal sealed record FolderSuspicion(string By, DateTimeOffset Time);
