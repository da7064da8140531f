using System.Data.Common;

namespace Tms.EventStore.Blobs;

/// <summary>
/// Pieces as they are stored: a short statement and a connection for a moment each, however slowly a client sends or takes.
/// </summary>
internal sealed class BlobPieces(IDatabase database)
{
    private const string Insert = "insert into blob_pieces (blob, number, data, tag) values (@blob, @number, @data, @tag)";
    private const string Select = "select data, tag from blob_pieces where blob = @blob and number = @number";

    /// <summary>Writes a piece; on disk at return.</summary>
    /// <exception cref="CopyGoneException">The copy was taken away.</exception>
    public async Task Write(Guid blob, int number, ArraySegment<byte> data, byte[]? tag, CancellationToken cancel)
    {
        try
        {
            await database.Execute(Insert, cancel, ("blob", blob), ("number", number), ("data", Value(data)), ("tag", tag));
        }
        catch (DbException e) when (e.IsMissingReference())
        {
            throw new CopyGoneException();
        }
    }

    /// <summary>Reads a piece.</summary>
    /// <param name="blob">The copy.</param>
    /// <param name="number">From 0.</param>
    /// <param name="data">Takes the bytes.</param>
    /// <param name="tag">Takes the tag, where the piece has one.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <returns>How many bytes; −1 where there is no such piece.</returns>
    /// <exception cref="InvalidDataException">The piece is larger than a piece.</exception>
    public async Task<int> Read(Guid blob, int number, byte[] data, byte[] tag, CancellationToken cancel)
    {
        var read = await database.Query(Select, r => Take(r, data, tag), cancel, ("blob", blob), ("number", number));
        return read is [var length] ? length : -1;
    }

    private static int Take(DbDataReader r, byte[] data, byte[] tag)
    {
        var length = r.GetBytes(0, 0, null, 0, 0);
        if (length > IBlobStore.PieceSize) throw new InvalidDataException($"A piece of {length} bytes is no piece.");
        if (length > 0) r.GetBytes(0, 0, data, 0, (int)length);
        if (!r.IsDBNull(1)) r.GetBytes(1, 0, tag, 0, tag.Length);
        return (int)length;
    }

    // SQLite takes whole arrays only; a full piece is one.
    private object Value(ArraySegment<byte> data)
    {
        if (database.Kind == DatabaseKind.Postgres) return data;
        return data.Count == data.Array!.Length ? data.Array : data.ToArray();
    }
}
