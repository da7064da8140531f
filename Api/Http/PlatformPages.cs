using Tms.EventStore;

namespace Tms.Api.Http;

/// <summary>Lists across companies, by id: pages of the platform's queries.</summary>
internal static class PlatformPages
{
    private const int Size = 16;

    /// <summary>The place of such a list.</summary>
    public static CursorScope Scope(string list) => new(TenantId.Platform, list, "");

    /// <summary>The id that a page begins after; null where its cursor does not open (400 <c>invalid_cursor</c>).</summary>
    public static Guid? After(this Cursors cursors, in CursorScope scope, string? cursor)
    {
        if (cursor is null) return Guid.Empty;
        return cursors.TryOpen(scope, cursor, out var place) && place.Length == Size ? new Guid(place, bigEndian: true) : null;
    }

    /// <summary>The answer of a page.</summary>
    /// <param name="cursors">Seals the next page's place.</param>
    /// <param name="scope">The list.</param>
    /// <param name="found">The page's rows, and one more where another page follows.</param>
    /// <param name="limit">Rows of a page.</param>
    /// <param name="id">A row's id.</param>
    /// <param name="total">Rows of the whole list; null: not asked for.</param>
    public static JsonAnswer Answer<T>(
        this Cursors cursors, in CursorScope scope, IReadOnlyList<T> found, int limit, Func<T, Guid> id, long? total)
    {
        var next = found.Count > limit ? cursors.Seal(scope, id(found[limit - 1]).ToByteArray(bigEndian: true)) : null;
        return new JsonAnswer(new Page<T>([.. found.Take(limit)], next, total));
    }
}
