using Consortium.Client.Keys;
using Consortium.Ledger.Ids;

namespace Consortium.Client.Load;

/// <summary>The member that opens the accounts of a load.</summary>
/// <param name="Member">The member.</param>
/// <param name="Keys">Keys that meet its authority's threshold.</param>
public sealed record LoadCustodian(MemberId Member, IReadOnlyList<SigningKey> Keys);
