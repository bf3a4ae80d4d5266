using System.Runtime.InteropServices;

namespace Consortium.Ledger.State;

/// <summary>An inner node that some changes of a block go through.</summary>
/// <param name="Node">The node.</param>
/// <param name="Slot">The slot above that holds the node.</param>
/// <param name="First">The first of the sorted changes below the node.</param>
/// <param name="End">The first of the sorted changes no longer below it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DirtyNode(int Node, int Slot, int First, int End);
