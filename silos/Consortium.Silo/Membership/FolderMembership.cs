namespace Consortium.Silo.Membership;

/// <summary>What the membership file holds.</summary>
/// <param name="Version">The table's version.</param>
/// <param name="Rows">One per silo, those that have left included.</param>
internal sealed record FolderMembership(int Version, IReadOnlyList<FolderMembershipRow> Rows);
