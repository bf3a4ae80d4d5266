using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;

namespace Consortium.Grains.Mining;

/// <summary>The miners of the members whose producer keys a silo has.</summary>
/// <param name="byMember">The miners.</param>
public sealed class LocalMiners(IReadOnlyDictionary<MemberId, IMiner> byMember)
{
    private readonly Dictionary<string, IMiner> _byText =
        byMember.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The members.</summary>
    public IReadOnlyList<MemberId> Members { get; } = [.. byMember.Keys];

    /// <summary>Finds a member's miner.</summary>
    /// <param name="member">The member's id as text.</param>
    /// <returns>The miner, or <see langword="null"/>.</returns>
    public IMiner? Find(string member) => _byText.GetValueOrDefault(member);
}
