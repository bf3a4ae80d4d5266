namespace Consortium.Ledger.Verification;

/// <summary>The kinds of record in an export (SPEC.md section 7). Numbers are permanent.</summary>
public enum ExportRecordKind
{
    /// <summary>A <see cref="Wire.Genesis"/>; the first record.</summary>
    Genesis = 1,

    /// <summary>A <see cref="Wire.Batch"/>.</summary>
    Batch = 2,

    /// <summary>A <see cref="Wire.SealedHeader"/>, after the batches of its block.</summary>
    Seal = 3,

    /// <summary>SHA-256 of every byte before this record; the last record.</summary>
    End = 9,
}
