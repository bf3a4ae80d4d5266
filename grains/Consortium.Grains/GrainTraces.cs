using System.Diagnostics;
using Consortium.Consensus.Sequencing;

namespace Consortium.Grains;

/// <summary>Spans of calls between silos.</summary>
public static class GrainTraces
{
    /// <summary>Does the same as <see cref="ConsensusInstruments.SuppressTracing"/>, also for the calls to grains that are made meanwhile.</summary>
    /// <remarks>
    /// For asynchronous methods: it lasts until the method that calls it ends. A call without a span of its own carries only what
    /// is put into the request context; with nothing there, the silo that is called would begin a trace.
    /// </remarks>
    /// <returns>The span, which disposing leaves.</returns>
    public static IDisposable SuppressTracing()
    {
        var unrecorded = ConsensusInstruments.SuppressTracing();
        DistributedContextPropagator.Current.Inject(Activity.Current, carrier: null, static (_, key, value) => RequestContext.Set(key, value));
        return unrecorded;
    }
}
