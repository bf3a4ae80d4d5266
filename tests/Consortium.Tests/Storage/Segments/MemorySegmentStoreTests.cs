using Consortium.Storage.Segments;

namespace Consortium.Tests.Storage.Segments;

public sealed class MemorySegmentStoreTests : SegmentStoreContract
{
    protected override ISegmentStore Store { get; } = new MemorySegmentStore();
}
