namespace Consortium.Storage.Segments;

/// <summary>What stands where a record is looked for.</summary>
internal enum RecordState
{
    /// <summary>A record as it was written.</summary>
    Whole,

    /// <summary>The beginning of one, then nothing: its append did not finish, or is in flight.</summary>
    Unfinished,

    /// <summary>Something that no append leaves behind.</summary>
    Damaged,
}
