using Microsoft.Extensions.Logging;

namespace Consortium.Storage;

public sealed partial class SqliteJournal
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal's write-ahead log could not be copied into '{Path}'; it is tried again with the next entries")]
    private static partial void LogCheckpointFailed(ILogger logger, Exception exception, string path);
}
