using System.Data.Common;
using Azure;
using Consortium.Api;
using Consortium.Consensus.Ports;
using Npgsql;

namespace Consortium.Silo.Hosting;

/// <summary>Why a silo cannot start, and what to do.</summary>
internal static class StartFault
{
    /// <summary>Describes what went wrong.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>What happened, why, and what to do; <see langword="null"/> for what is a fault of the program.</returns>
    public static string? Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Describe(first),
        ConsortiumException { Action: { } action } => $"{exception.Message} {action}",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"The database of --membership-postgres has no tables for membership, and its user may not make them ({denied.MessageText}). Give the user that right, or run silos/Consortium.Silo/Membership/postgres.sql as the database's owner and let the user read and write the tables.",
        DbException =>
            $"The database of --membership-postgres cannot be used: {exception.Message} Check that it runs, and the address, the user and the password in the connection string.",
        RequestFailedException =>
            $"The storage account cannot be used: {FirstLine(exception.Message)} Check that it can be reached from here, for blobs and for tables, and that this process may use both.",
        StorageException or ConsortiumException or IOException or InvalidOperationException or UnauthorizedAccessException or OrleansException => exception.Message,
        _ => null,
    };

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('\r');
}
