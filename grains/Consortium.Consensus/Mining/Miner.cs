using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Work;

namespace Consortium.Consensus.Mining;

/// <summary>The role behind <see cref="IMiner"/>: searches in short slices with pauses between them.</summary>
/// <param name="member">The member that seals the blocks.</param>
/// <param name="sign">Signs a header's hash with the member's producer key.</param>
/// <param name="options">Threads and duty.</param>
/// <param name="timeProvider">Measures slices and pauses.</param>
public sealed class Miner(MemberId member, HeaderSigner sign, MinerOptions options, TimeProvider timeProvider) : IMiner
{
    // About 0.2 ms of hashing: short beside a block interval, long beside a timer's cost.
    private const int SliceHashes = 256;

    private readonly Lock _lock = new();
    private BlockHeader? _header;
    private ulong[] _next = [];

    /// <inheritdoc/>
    public async Task<BlockSeal> SealAsync(BlockHeader template, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var header = template with { Producer = member };
        var next = Begin(header);
        var searches = new Task<ulong>[options.Threads];
        for (var i = 0; i < searches.Length; i++)
        {
            searches[i] = SearchAsync(header, next, i, ended.Token);
        }

        var first = await Task.WhenAny(searches);
        ended.Cancel();
        var sealedHeader = header with { Nonce = await first };
        return new BlockSeal(sealedHeader, sign(sealedHeader.Hash.ToArray()));
    }

    // A second request for the same header continues the search: the nonces tried before are known not to meet the target.
    private ulong[] Begin(BlockHeader header)
    {
        lock (_lock)
        {
            if (_header != header)
            {
                _header = header;
                _next = new ulong[options.Threads];
                for (var i = 0; i < _next.Length; i++)
                {
                    // Each search has a part of the nonces to itself.
                    _next[i] = (ulong)i * (ulong.MaxValue / (ulong)options.Threads);
                }
            }

            return _next;
        }
    }

    private async Task<ulong> SearchAsync(BlockHeader header, ulong[] next, int part, CancellationToken cancellationToken)
    {
        var search = new NonceSearch(header.ToArray(), BlockHeader.NonceOffset, Target.FromCompact(header.TargetCompact));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var began = timeProvider.GetTimestamp();
            var found = search.TryFind(next[part], SliceHashes, out var nonce);
            if (found)
            {
                return nonce;
            }

            next[part] = unchecked(next[part] + SliceHashes);
            var spent = timeProvider.GetElapsedTime(began);
            var pause = spent * ((100 / options.DutyPercent) - 1);
            if (pause > TimeSpan.Zero)
            {
                // A timer counts whole milliseconds; a shorter pause would be none.
                await Task.Delay(pause < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : pause, timeProvider, cancellationToken);
            }
            else
            {
                await Task.Yield();
            }
        }
    }
}
