using System.Runtime.InteropServices;

namespace Consortium.Ledger.State;

/// <summary>The place of a change in path order.</summary>
/// <param name="Prefix">The first 64 bits of its path.</param>
/// <param name="Index">Place of the change before sorting.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SortedChange(ulong Prefix, int Index);
