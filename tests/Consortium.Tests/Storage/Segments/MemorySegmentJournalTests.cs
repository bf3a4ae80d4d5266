using Consortium.Storage.Segments;

namespace Consortium.Tests.Storage.Segments;

public sealed class MemorySegmentJournalTests : SegmentJournalContract
{
    protected override ISegmentStore Store { get; } = new MemorySegmentStore();
}
