using Microsoft.Extensions.Logging;

namespace Consortium.Consensus.Sequencing;

public sealed partial class Sequencer
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Recovered to position {Position}, block {Height}: executed {Executed} transactions after the snapshot in {Seconds:F2} s.")]
    private partial void LogRecovered(ulong position, ulong height, long executed, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {Position} was refused: a shard could not answer.")]
    private partial void LogBatchRefused(Exception exception, ulong position);
}
