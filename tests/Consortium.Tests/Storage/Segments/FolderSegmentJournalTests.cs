using Consortium.Storage.Segments;

namespace Consortium.Tests.Storage.Segments;

public sealed class FolderSegmentJournalTests : SegmentJournalContract, IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public FolderSegmentJournalTests() => Store = new FolderSegmentStore(_temporary.Path, TimeProvider.System);

    protected override ISegmentStore Store { get; }

    public void Dispose() => _temporary.Dispose();
}
