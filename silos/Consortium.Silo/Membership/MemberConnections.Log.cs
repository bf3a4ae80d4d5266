using Consortium.Ledger.Ids;

namespace Consortium.Silo.Membership;

public sealed partial class MemberConnections
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection with silo '{Silo}' of member '{Name}' ({Member}) is ended: {Why}")]
    private static partial void LogEnded(ILogger logger, string silo, string name, MemberId member, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connection with silo '{Silo}' could not be ended; stop this silo if it stays open")]
    private static partial void LogNotAborted(ILogger logger, Exception exception, string silo);
}
