namespace Consortium.Simulation.Faults;

/// <summary>Rates of storage faults, per call, in a million; they may change during a run.</summary>
internal sealed class StorageFaults
{
    public TimeSpan LatencyMin { get; set; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Inclusive.</summary>
    public TimeSpan LatencyMax { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Rate of calls that take seconds.</summary>
    public int SlowPerMillion { get; set; }

    public TimeSpan SlowMin { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan SlowMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Rate of appends that write nothing and tell the caller so.</summary>
    public int AppendFailedPerMillion { get; set; }

    /// <summary>The entry is written and the answer lost.</summary>
    public int AppendUnknownWrittenPerMillion { get; set; }

    /// <summary>Rate of appends that write nothing and whose answer is lost.</summary>
    public int AppendUnknownNotWrittenPerMillion { get; set; }

    /// <summary>The answer is lost first; the entry is written some time later, if its position is then still free.</summary>
    public int AppendLatePerMillion { get; set; }

    public TimeSpan LateMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time that a caller waits for an answer that is lost.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Rate of appends that find the disk full; the disk stays full for a while.</summary>
    public int FullPerMillion { get; set; }

    public TimeSpan FullMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A read of the journal or of snapshots fails.</summary>
    public int ReadFailedPerMillion { get; set; }

    /// <summary>Rate of entries that are found damaged when read; they stay so for a while.</summary>
    public int DamagedPerMillion { get; set; }

    public TimeSpan DamagedMax { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Rate of appends, interrupted by a kill, that leave half an entry; the others leave all or nothing.</summary>
    public int TornTailPerMillion { get; set; }

    public int SnapshotFailedPerMillion { get; set; }

    /// <summary>Rate of reads that find all snapshots lost.</summary>
    public int SnapshotMissingPerMillion { get; set; }

    /// <summary>Rate of reads that find the newest snapshot lost or listed last.</summary>
    public int SnapshotStalePerMillion { get; set; }

    /// <summary>Rate of reads that find a byte of a snapshot changed.</summary>
    public int SnapshotDamagedPerMillion { get; set; }

    /// <summary>Rate of calls that fail to add to the index or to flush it.</summary>
    public int IndexFailedPerMillion { get; set; }

    /// <summary>Sets all rates to zero; entries damaged, disks full and answers late by now stay so until their time.</summary>
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
