using Microsoft.Extensions.Logging;

namespace Consortium.Storage;

public sealed partial class SqliteSnapshotStore
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of block {Height} in '{Path}' is damaged ({Why}) and is passed over; starting takes longer, nothing is lost")]
    private static partial void LogDamaged(ILogger logger, ulong height, string path, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Path}' is damaged ({Why}) and is replaced by an empty one; starting takes longer, nothing is lost")]
    private static partial void LogReplaced(ILogger logger, string path, string why);
}
