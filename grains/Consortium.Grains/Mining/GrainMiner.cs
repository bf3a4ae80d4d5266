using Consortium.Consensus.Ports;
using Consortium.Grains.Placement;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;

namespace Consortium.Grains.Mining;

/// <summary>Calls a member's miner grain, on whichever silo of the member it runs.</summary>
/// <param name="grain">The grain.</param>
/// <param name="member">The member.</param>
/// <param name="silos">Tells whether the member has a silo that runs.</param>
/// <param name="timeProvider">Paces looking for a silo of the member.</param>
internal sealed class GrainMiner(IMinerGrain grain, MemberId member, MemberSilos silos, TimeProvider timeProvider) : IMiner
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly string _member = member.ToString();

    /// <inheritdoc/>
    public async Task<BlockSeal> SealAsync(BlockHeader template, CancellationToken cancellationToken)
    {
        var bytes = template.ToArray();
        while (true)
        {
            // A member without a silo takes no part; that is no fault, and nothing to log each second.
            while (!silos.HasSilo(_member))
            {
                await Task.Delay(LookAgain, timeProvider, cancellationToken);
            }

            if (await grain.SealAsync(bytes, cancellationToken) is { } answer)
            {
                return BlockSeal.TryRead(answer, out var seal)
                    ? seal
                    : throw new FormatException($"Member {_member}'s miner answered with what is no sealed header.");
            }
        }
    }
}
