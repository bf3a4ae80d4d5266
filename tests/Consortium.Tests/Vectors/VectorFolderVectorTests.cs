namespace Consortium.Tests.Vectors;

public sealed class VectorFolderVectorTests
{
    [Fact]
    public void The_vector_folder_holds_at_least_one_known_file()
    {
        Assert.Contains(
            VectorFiles.Known,
            family => family.Value.Any(
                known => VectorFiles.Below(Path.Combine(VectorFiles.Root, family.Key), known).Count > 0));
    }
}
