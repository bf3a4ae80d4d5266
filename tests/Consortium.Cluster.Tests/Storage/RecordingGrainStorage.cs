using Orleans.Storage;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>Grain storage that remembers what was written, and fails after some writes.</summary>
internal sealed class RecordingGrainStorage(IGrainStorage inner) : IGrainStorage
{
    public List<GrainId> Written { get; } = [];

    public int WritesLeft { get; set; } = int.MaxValue;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (WritesLeft-- <= 0)
        {
            throw new IOException("The process was killed.");
        }

        await inner.WriteStateAsync(stateName, grainId, grainState);
        Written.Add(grainId);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
