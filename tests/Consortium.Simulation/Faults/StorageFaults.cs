namespace Consortium.Simulation.Faults;

/// <summary>How storage treats what it is asked; rates are per call, in a million, and may change during a run.</summary>
internal sealed class StorageFaults
{
    public TimeSpan LatencyMin { get; set; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Inclusive.</summary>
    public TimeSpan LatencyMax { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How often a call takes seconds.</summary>
    public int SlowPerMillion { get; set; }

    public TimeSpan SlowMin { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan SlowMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Nothing is written, and the caller is told so.</summary>
    public int AppendFailedPerMillion { get; set; }

    /// <summary>The entry is written and the answer lost.</summary>
    public int AppendUnknownWrittenPerMillion { get; set; }

    /// <summary>Nothing is written and the answer lost.</summary>
    public int AppendUnknownNotWrittenPerMillion { get; set; }

    /// <summary>The answer is lost first; the entry is written some time later, if its position is then still free.</summary>
    public int AppendLatePerMillion { get; set; }

    public TimeSpan LateMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the caller waits for an answer that is lost.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often an append finds the disk full; it stays so for a while.</summary>
    public int FullPerMillion { get; set; }

    public TimeSpan FullMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A read of the journal or of snapshots fails.</summary>
    public int ReadFailedPerMillion { get; set; }

    /// <summary>How often, per entry read, the entry turns out damaged; it stays so for a while.</summary>
    public int DamagedPerMillion { get; set; }

    public TimeSpan DamagedMax { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often an append that a kill interrupts leaves half an entry; otherwise all or nothing of it is there.</summary>
    public int TornTailPerMillion { get; set; }

    public int SnapshotFailedPerMillion { get; set; }

    /// <summary>How often, per read, all snapshots turn out to be lost.</summary>
    public int SnapshotMissingPerMillion { get; set; }

    /// <summary>How often, per read, the newest snapshot is lost or comes last.</summary>
    public int SnapshotStalePerMillion { get; set; }

    /// <summary>How often, per read, a byte of a snapshot turns out to be another.</summary>
    public int SnapshotDamagedPerMillion { get; set; }

    /// <summary>Adding to the index or flushing it fails.</summary>
    public int IndexFailedPerMillion { get; set; }

    /// <summary>Sets all rates to zero; what is damaged, full or late by now stays so until its time.</summary>
    public void SwitchOff()
    {
        SlowPerMillion = 0;
        AppendFailedPerMillion = 0;
        AppendUnknownWrittenPerMillion = 0;
        AppendUnknownNotWrittenPerMillion = 0;
        AppendLatePerMillion = 0;
        FullPerMillion = 0;
        ReadFailedPerMillion = 0;
        DamagedPerMillion = 0;
        TornTailPerMillion = 0;
        SnapshotFailedPerMillion = 0;
        SnapshotMissingPerMillion = 0;
        SnapshotStalePerMillion = 0;
        SnapshotDamagedPerMillion = 0;
        IndexFailedPerMillion = 0;
    }
}
