namespace Consortium.Storage.Indexing;

/// <summary>Merges runs of one size into one of the next, so that their number stays small.</summary>
/// <remarks>
/// Works in small commits between which others write; a run under way is listed as garbage until it is whole, so that
/// what a crash left is deleted. Runs once, on one thread; its reading needs no transaction because runs never change and
/// nobody else deletes them.
/// </remarks>
/// <param name="writer">The writing connection.</param>
/// <param name="gate">Taken around each use of the writer.</param>
/// <param name="path">The file.</param>
/// <param name="takeRunId">Gives out run numbers.</param>
/// <param name="isStopped">Whether to give up between commits.</param>
internal sealed class RunMerger(IndexWriter writer, Lock gate, string path, Func<long> takeRunId, Func<bool> isStopped) : IDisposable
{
    /// <summary>Runs of one level that are merged into one of the next: a question looks into fewer than this per level.</summary>
    public const int FanIn = 8;

    private const int ChunksPerCommit = 128;

    private readonly IndexReader _reader = new(path);

    /// <summary>Deletes what merging left over and merges until no level below one is full.</summary>
    public void MergeDue(int below)
    {
        while (!isStopped())
        {
            (int Level, List<long> Runs)? due;
            lock (gate)
            {
                due = writer.ReadFullLevel(below, FanIn);
            }

            if (due is not { } full)
            {
                return;
            }

            Merge(full.Level, full.Runs);
        }
    }

    /// <summary>Deletes runs that are no longer, or never were, part of the index; not while a merge is under way.</summary>
    public void DropGarbage()
    {
        List<long> garbage;
        lock (gate)
        {
            garbage = writer.ReadGarbage();
        }

        foreach (var run in garbage)
        {
            var more = true;
            while (more && !isStopped())
            {
                lock (gate)
                {
                    writer.Write(() =>
                    {
                        more = writer.DropChunks(run, ChunksPerCommit);
                        if (!more)
                        {
                            writer.DropGarbage(run);
                        }
                    });
                }
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    private void Merge(int level, List<long> runs)
    {
        long target;
        lock (gate)
        {
            target = takeRunId();
            writer.Write(() => writer.AddGarbage(target));
        }

        var pending = new List<(byte[] First, byte[] Chunk)>();
        var number = 0;
        var chunks = new ChunkWriter((first, chunk) => pending.Add((first, chunk)));
        var cursor = new MergedCursor([.. runs.Select(run => new StoredRun(_reader, run))]);
        for (cursor.First(); cursor.HasEntry; cursor.MoveNext())
        {
            chunks.Add(cursor.Key, cursor.Value);
            if (pending.Count >= ChunksPerCommit)
            {
                if (isStopped())
                {
                    return;
                }

                number = Store(target, number, pending);

                // A merge of large runs takes long, and merges of small ones must not wait for it.
                MergeDue(level);
            }
        }

        chunks.End();
        Store(target, number, pending);
        lock (gate)
        {
            if (isStopped())
            {
                return;
            }

            writer.Write(() =>
            {
                writer.AddRun(target, level + 1);
                writer.DropGarbage(target);
                foreach (var run in runs)
                {
                    writer.DropRun(run);
                    writer.AddGarbage(run);
                }
            });
        }
    }

    private int Store(long run, int number, List<(byte[] First, byte[] Chunk)> pending)
    {
        var next = number;
        long bytes = 0;
        lock (gate)
        {
            if (isStopped())
            {
                return number;
            }

            writer.Write(() =>
            {
                foreach (var (first, chunk) in pending)
                {
                    writer.AddChunk(run, next++, first, chunk);
                    bytes += chunk.Length;
                }
            });
        }

        StorageMetrics.IndexMergedBytes.Add(bytes);
        pending.Clear();
        return next;
    }
}
