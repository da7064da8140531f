using System.Buffers.Binary;
using System.Buffers.Text;
using Tms.EventStore;

namespace Tms.Api.Realtime;

/// <summary>The <c>epoch</c> that goes with a position: the history that it counts, what was served, and the log's hash there.</summary>
/// <remarks>
/// Opaque to clients: <c>{history}.{scope, position, mark and permissions in base64url}</c>. Everything a resume is judged by is in it, so
/// every node judges alike without keeping anything per client. A text of an earlier release is no epoch of this one: its client starts
/// anew.
/// </remarks>
/// <param name="History">Id of the store's history.</param>
/// <param name="Rights">Whose events were served, and which.</param>
/// <param name="Place">The position that it was given with, and the log's hash there.</param>
internal sealed record LiveEpoch(Guid History, LiveRights Rights, LogPoint Place)
{
    private const int Fixed = 24;
    private const int HistoryLength = 32;

    /// <summary>The epoch that a text is; null: none.</summary>
    public static LiveEpoch? Parse(string? text)
    {
        if (text is null || text.Length <= HistoryLength || text[HistoryLength] != '.') return null;
        if (!Guid.TryParseExact(text.AsSpan(0, HistoryLength), "N", out var history)) return null;
        return Base64Url.IsValid(text.AsSpan(HistoryLength + 1))
            ? Read(history, Base64Url.DecodeFromChars(text.AsSpan(HistoryLength + 1)))
            : null;
    }

    /// <summary>Whether a client that was served under this epoch has been sent all that some rights see now, in a history.</summary>
    public bool Covers(Guid history, LiveRights now) => History == history && Rights.Cover(now);

    /// <summary>The text on the wire.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Fixed + (2 * Rights.Codes.Count)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Rights.Scope);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Place.Sequence.Value);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], Place.Mark);
        for (var i = 0; i < Rights.Codes.Count; i++) BinaryPrimitives.WriteUInt16BigEndian(bytes[(Fixed + (2 * i))..], Rights.Codes[i]);
        return $"{History:N}.{Base64Url.EncodeToString(bytes)}";
    }

    private static LiveEpoch? Read(Guid history, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Fixed || bytes.Length % 2 != 0) return null;
        var codes = new ushort[(bytes.Length - Fixed) / 2];
        for (var i = 0; i < codes.Length; i++) codes[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(Fixed + (2 * i))..]);
        var place = new LogPoint(new(BinaryPrimitives.ReadInt64BigEndian(bytes[8..])), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]));
        return new(history, new(BinaryPrimitives.ReadUInt64BigEndian(bytes), codes), place);
    }
}
