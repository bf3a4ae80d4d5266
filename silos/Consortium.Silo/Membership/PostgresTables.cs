using Npgsql;

namespace Consortium.Silo.Membership;

/// <summary>The tables in which PostgreSQL keeps membership.</summary>
internal static class PostgresTables
{
    // Two sessions that create a table of one name at the same time would fail one of them.
    private const long LockKey = 0x434f4e53_4f525449;

    /// <summary>Makes the tables where they are not there yet.</summary>
    /// <param name="connection">Connection string of the database.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when they are there.</returns>
    /// <exception cref="System.Data.Common.DbException">The database cannot be used.</exception>
    public static async Task EnsureAsync(string connection, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var session = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await session.BeginTransactionAsync(cancellationToken);
        await using var held = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", session) { Parameters = { new() { Value = LockKey } } };
        await held.ExecuteNonQueryAsync(cancellationToken);

        // A user without the right to create tables can start where they were made before.
        // Only the schemas that this user's statements find their tables in count: another application may have some of the same name.
        await using var there = new NpgsqlCommand("SELECT to_regclass('orleansmembershiptable') IS NULL", session);
        if (await there.ExecuteScalarAsync(cancellationToken) is true)
        {
            await using var script = new NpgsqlCommand(await ReadScriptAsync(cancellationToken), session);
            await script.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<string> ReadScriptAsync(CancellationToken cancellationToken)
    {
        await using var script = typeof(PostgresTables).Assembly.GetManifestResourceStream("postgres.sql")!; // A part of this assembly.
        using var reader = new StreamReader(script);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
