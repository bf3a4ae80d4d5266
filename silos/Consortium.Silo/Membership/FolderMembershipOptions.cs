namespace Consortium.Silo.Membership;

/// <summary>The folder of the membership file, for a cluster whose silos all run on one machine.</summary>
/// <param name="Folder">A folder that all of them can write.</param>
internal sealed record FolderMembershipOptions(string Folder);
