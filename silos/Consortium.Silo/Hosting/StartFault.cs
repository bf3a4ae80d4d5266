using System.Data.Common;
using Azure;
using Azure.Identity;
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
        AuthenticationFailedException =>
            $"The identity of this process opens no storage account: {FirstLine(exception.Message)} Check that the process has an identity that the account's roles name, or give --storage-connection.",
        StorageException or ConsortiumException or TimeoutException or IOException or InvalidOperationException or UnauthorizedAccessException or OrleansException => exception.Message,
        _ => null,
    };

    /// <summary>Whether a storage that does not answer now may do so later, as it is, so that waiting for it helps.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns><see langword="false"/> for what somebody has to mend: a password, a right, a setting, a genesis.</returns>
    public static bool IsPassing(Exception exception) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        NpgsqlException database => database.IsTransient,
        TimeoutException => true,
        StorageException { InnerException: OperationCanceledException } => true,
        StorageException { InnerException: { } inner } => IsPassing(inner),
        AggregateException { InnerExceptions: [var first, ..] } => IsPassing(first),
        _ => false,
    };

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('\r');
}
