using System.Runtime.ExceptionServices;

namespace Consortium.Simulation.Engine;

/// <summary>Makes this operating system process run its thread pool and its simulations on one and the same thread.</summary>
/// <remarks>
/// The class library continues on the thread pool in places where nobody asks for it (<c>CancelAsync</c>; <c>WaitAsync</c> and
/// <c>WhenAny</c> of a completion source that runs continuations asynchronously; <c>ConfigureAwait(false)</c> under a
/// synchronization context). With a pool of one thread, and the simulation itself an item of that pool, such items run between
/// two callbacks of the simulation, in an order that the program alone decides. Without it they are found and reported.
/// </remarks>
internal static class OneThread
{
    public static bool IsClaimed { get; private set; }

    /// <summary>Limits the thread pool to one thread for the rest of the process; called first thing by the program.</summary>
    public static void Claim()
    {
        // The least comes first: the most may not be less.
        if (!ThreadPool.SetMinThreads(1, 1) || !ThreadPool.SetMaxThreads(1, 1))
        {
            throw new SimulationException("The thread pool cannot be limited to one thread. Unset DOTNET_ThreadPool_* and try again.");
        }

        IsClaimed = true;
    }

    /// <summary>Runs slices as items of the pool, what they queued to it in between, until a slice says that it was the last.</summary>
    /// <param name="slice">Returns whether there is more to do.</param>
    public static void Run(Func<bool> slice)
    {
        if (Thread.CurrentThread.IsThreadPoolThread)
        {
            throw new SimulationException("The only thread of the pool cannot wait for itself: start the simulation from the main thread.");
        }

        using var ended = new ManualResetEventSlim();
        var driver = new Driver(slice, ended);
        ThreadPool.UnsafeQueueUserWorkItem(driver, preferLocal: false);
        ended.Wait();
        driver.Failure?.Throw();
    }

    private sealed class Driver(Func<bool> slice, ManualResetEventSlim ended) : IThreadPoolWorkItem
    {
        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Execute()
        {
            try
            {
                if (slice())
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
                }
            }
            catch (Exception exception)
            {
                Failure = ExceptionDispatchInfo.Capture(exception);
            }

            ended.Set();
        }
    }
}
