namespace Consortium.Storage.Segments;

/// <summary>The result of looking for a record at an offset.</summary>
internal enum RecordState
{
    /// <summary>A record as it was written.</summary>
    Whole,

    /// <summary>The beginning of one, then nothing: its append did not finish, or is in flight.</summary>
    Unfinished,

    /// <summary>Something that no append leaves behind.</summary>
    Damaged,
}
