using System.Buffers.Binary;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Encoding;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Verification;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Storage.Importing;

/// <summary>Makes the journal of a chain again from its export, which holds less than the journal did.</summary>
/// <remarks>
/// <para>
/// A batch says its own journal position and gets it again. Where seals and activations stood is not in an export. A seal takes the
/// first free position above the batches that it covers and above the seal before it, which is never later than where it stood;
/// positions that are still free become activations. The same export always gives the same entries.
/// </para>
/// <para>Lifecycle: <see cref="Add"/> every record in order, then <see cref="Finish"/>. The records must have been verified.</para>
/// </remarks>
public sealed class JournalRebuild
{
    /// <summary>Most activations that are made up.</summary>
    /// <remarks>One stands for each start of a sequencer: a thousand a day for years. A forged position must not fill a disk.</remarks>
    public const int ActivationsMax = 1_000_000;

    private static readonly CanonicalParser<Wire.Batch> Batches = new(Wire.Batch.Parser);

    // Seals of blocks whose batches were added, in order of height, until a free position is known.
    private readonly Queue<ReadOnlyMemory<byte>> _seals = new();
    private Digest _network;
    private ulong _next;
    private int _activations;

    /// <summary>Adds a record.</summary>
    /// <param name="kind">Genesis, batch or seal.</param>
    /// <param name="content">The bytes of the record.</param>
    /// <returns>The journal entries that are known by now, in order; enumerate them once, before the next record.</returns>
    /// <exception cref="StorageException">The record has no place in a journal.</exception>
    public IEnumerable<JournalEntry> Add(ExportRecordKind kind, ReadOnlyMemory<byte> content)
    {
        if (kind == ExportRecordKind.Genesis)
        {
            Invariant.Holds(_next == 0);
            _network = Derive.Network(content.Span);
            yield return Take(JournalEntryKind.Genesis, content);
        }
        else if (kind == ExportRecordKind.Seal)
        {
            // The position of the seal is known when the next batch shows which positions are free below it.
            _seals.Enqueue(content);
        }
        else
        {
            var position = PositionOf(content);
            while (_next < position)
            {
                yield return _seals.TryDequeue(out var seal) ? Take(JournalEntryKind.Seal, seal) : TakeActivation(position);
            }

            yield return Take(JournalEntryKind.Batch, content);
        }
    }

    /// <summary>Ends the journal.</summary>
    /// <returns>The last entries, in order.</returns>
    public IEnumerable<JournalEntry> Finish()
    {
        while (_seals.TryDequeue(out var seal))
        {
            yield return Take(JournalEntryKind.Seal, seal);
        }
    }

    private ulong PositionOf(ReadOnlyMemory<byte> content)
    {
        var fault = Batches.TryRead(content.Span, out var batch);
        return batch is null || batch.Position < _next || _next == 0
            ? throw new StorageException($"A batch of the export has no place in a journal: {fault ?? $"its position {batch?.Position} is taken"}. Get another export.")
            : batch.Position;
    }

    private JournalEntry TakeActivation(ulong before)
    {
        if (++_activations > ActivationsMax)
        {
            throw new StorageException(
                $"The export leaves too many journal positions free before {before}: more than {ActivationsMax} starts of a sequencer would have to stand there. No network leaves so many; get the export from another member.");
        }

        Span<byte> named = stackalloc byte[Digest.Size + sizeof(ulong)];
        _network.CopyTo(named);
        BinaryPrimitives.WriteUInt64BigEndian(named[Digest.Size..], _next);
        return Take(JournalEntryKind.Activation, Digest.Sha256(named).ToArray().AsMemory(0, 16));
    }

    private JournalEntry Take(JournalEntryKind kind, ReadOnlyMemory<byte> bytes) => new(_next++, kind, bytes);
}
