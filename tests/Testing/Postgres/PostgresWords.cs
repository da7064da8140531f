namespace Tms.Testing.Postgres;

/// <summary>What a server says on the wire at the moments where faults hurt most.</summary>
public static class PostgresWords
{
    /// <summary>ReadyForQuery, inside a transaction: the client's next statement is awaited.</summary>
    public static byte[] ReadyInsideTransaction { get; } = [(byte)'Z', 0, 0, 0, 5, (byte)'T'];

    /// <summary>CommandComplete of a COMMIT: it is on disk, and nobody knows yet.</summary>
    public static byte[] Committed { get; } = [(byte)'C', 0, 0, 0, 11, .. "COMMIT\0"u8];
}
