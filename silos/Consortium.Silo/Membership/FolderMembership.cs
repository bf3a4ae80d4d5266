namespace Consortium.Silo.Membership;

/// <summary>The content of the membership file.</summary>
/// <param name="Version">The table's version.</param>
/// <param name="Rows">One per silo, those that have left included.</param>
internal sealed record FolderMembership(int Version, IReadOnlyList<FolderMembershipRow> Rows);
