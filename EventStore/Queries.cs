using System.Data;
using System.Data.Common;

namespace Tms.EventStore;

/// <summary>SQL that both databases understand, with named parameters (<c>@tenant</c>).</summary>
public static class Queries
{
    /// <summary>All rows of a query, mapped by hand.</summary>
    /// <exception cref="StoreUnavailableException">The database could not be reached.</exception>
    public static async Task<List<T>> Query<T>(
        this IDatabase database, string sql, Func<DbDataReader, T> map, CancellationToken cancel,
        params (string Name, object? Value)[] parameters)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.Open(cancel);
                return await connection.Read(sql, map, cancel, parameters);
            }
            catch (DbException e) when (e.IsOfTheStore())
            {
                // A pooled connection may have died with a restart of the server: the next one is new.
                if (attempt == 2 || e.IsHeld()) throw e.Unavailable();
            }
        }
    }

    /// <summary>All rows of a query in the connection's open transaction, or in none.</summary>
    internal static async Task<List<T>> Read<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> map, CancellationToken cancel,
        params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Runs a statement; answers how many rows it changed.</summary>
    /// <exception cref="StoreUnavailableException">The database could not be reached.</exception>
    public static async Task<int> Execute(
        this IDatabase database, string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        try
        {
            await using var connection = await database.Open(cancel);
            return await connection.Execute(sql, null, cancel, parameters);
        }
        catch (DbException e) when (e.IsOfTheStore())
        {
            throw e.Unavailable();
        }
    }

    /// <summary>Does several things in one transaction. Whatever fails leaves nothing behind.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The database could not be reached; where the commit's answer was lost, all of it may have been done.
    /// </exception>
    public static async Task<T> InTransaction<T>(
        this IDatabase database, Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancel,
        IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        try
        {
            await using var connection = await database.Open(cancel);
            await using var transaction = await connection.BeginTransactionAsync(isolation, cancel);
            var result = await work(connection, transaction);
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (DbException e) when (e.IsOfTheStore())
        {
            throw e.Unavailable();
        }
    }

    /// <summary>Runs a statement in an open transaction, or in none.</summary>
    public static async Task<int> Execute(
        this DbConnection connection, string sql, DbTransaction? transaction, CancellationToken cancel,
        params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        command.Transaction = transaction;
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static DbCommand Command(this DbConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value switch { null => DBNull.Value, DateOnly date => date.DayNumber, _ => value };
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
