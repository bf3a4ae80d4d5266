using Microsoft.Extensions.Logging;

namespace Consortium.Storage.Indexing;

public sealed partial class SqliteLedgerIndex
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger index '{Path}' is damaged ({Why}) and is replaced by an empty one; it is built again from the journal")]
    private static partial void LogReplaced(ILogger logger, string path, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger index '{Path}' is damaged; it is replaced and built again from the journal at the next start")]
    private static partial void LogDamaged(ILogger logger, Exception exception, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Merging runs of the ledger index '{Path}' stopped; it is tried again later, and questions take longer until then")]
    private static partial void LogMergeFailed(ILogger logger, Exception exception, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of the ledger index '{Path}' was not written when it was closed; it is built again from the journal")]
    private static partial void LogCloseFailed(ILogger logger, Exception exception, string path);
}
