using Consortium.Ledger.Verification;

namespace Consortium.Client.Verification;

/// <summary>A record of an exported chain.</summary>
/// <param name="Kind">The kind of the record.</param>
/// <param name="Content">The bytes.</param>
public sealed record ChainRecord(ExportRecordKind Kind, ReadOnlyMemory<byte> Content);
