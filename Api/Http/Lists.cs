using System.Buffers.Binary;
using Microsoft.AspNetCore.Mvc;
using Tms.ReadModels.Hosting;

namespace Tms.Api.Http;

/// <summary>Turns pages of read models into pages of the wire: keysets become cursors and back.</summary>
public static class Lists
{
    private const int Size = 17;

    /// <summary>The page that a request asks for; null where its cursor does not open (400 <c>invalid_cursor</c>).</summary>
    public static PageRequest? Open(this Cursors cursors, in CursorScope scope, string? cursor, int limit)
    {
        if (cursor is null) return new PageRequest(limit);
        return cursors.TryOpen(scope, cursor, out var place) && place.Length == Size ? new PageRequest(limit, Keyset(place)) : null;
    }

    /// <summary>The answer of a page.</summary>
    public static ActionResult Answer<TRow, TItem>(
        this Cursors cursors, in CursorScope scope, ReadModels.Hosting.Page<TRow> page, Func<TRow, TItem> item, long? total)
    {
        var items = new TItem[page.Items.Count];
        for (var i = 0; i < items.Length; i++) items[i] = item(page.Items[i]);
        return new JsonAnswer(new Page<TItem>(items, page.Next is { } next ? cursors.Seal(scope, Place(next)) : null, total));
    }

    internal static byte[] Place(Keyset keyset)
    {
        var place = new byte[Size];
        place[0] = keyset.Value is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(1), keyset.Value ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(9), keyset.Sequence);
        return place;
    }

    private static Keyset Keyset(byte[] place) => new(
        place[0] == 0 ? null : BinaryPrimitives.ReadInt64BigEndian(place.AsSpan(1)), BinaryPrimitives.ReadInt64BigEndian(place.AsSpan(9)));
}
