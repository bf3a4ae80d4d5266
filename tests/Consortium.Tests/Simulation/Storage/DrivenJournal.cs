using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Simulation.Engine;
using Consortium.Tests.Simulation.Engine;

namespace Consortium.Tests.Simulation.Storage;

/// <summary>Runs each call of a simulated journal to its end, for callers outside the simulation.</summary>
internal sealed class DrivenJournal(World world, SimulatedProcess process, IJournal inner) : IJournal
{
    public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) =>
        new(world.Run(process, async () => await inner.ReadHeadAsync(cancellationToken)));

    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            world.Run(process, async () => await inner.AppendAsync(entry, cancellationToken));
            return ValueTask.CompletedTask;
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        ulong fromPosition,
        ulong toPosition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var entries = inner.ReadAsync(fromPosition, toPosition, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (world.Run(process, async () => await entries.MoveNextAsync()))
        {
            yield return entries.Current;
        }
    }
}
