namespace Consortium.Silo.Membership;

/// <summary>Where silos of one machine keep who they are.</summary>
/// <param name="Folder">A folder that all of them can write.</param>
internal sealed record FolderMembershipOptions(string Folder);
