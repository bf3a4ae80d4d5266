namespace Consortium.Simulation.Checkers;

/// <summary>Queues, windows and backlogs in memory stay within their bounds.</summary>
internal sealed class MemoryChecker(MemorySizes most, Findings findings)
{
    public const string Name = "memory";

    /// <summary>An activation was measured.</summary>
    public void OnSizes(string activation, MemorySizes sizes)
    {
        Require("transactions queued", sizes.Queue, most.Queue);
        Require("transactions in the duplicate window", sizes.Window, most.Window);
        Require("unsealed blocks", sizes.Unsealed, most.Unsealed);
        Require("pending blocks", sizes.Pending, most.Pending);
        Require("items before the archivist", sizes.Backlog, most.Backlog);
        Require("events", sizes.Events, most.Events);

        void Require(string what, long size, long bound)
        {
            if (size > bound)
            {
                findings.Report(Name, $"{activation} has {size} {what}; {bound} is the bound");
            }
        }
    }
}
