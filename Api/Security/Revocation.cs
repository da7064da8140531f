using System.Buffers.Binary;

namespace Tms.Api.Security;

/// <summary>What a node knows of the end of tokens under one id: a token's, a session's or a user's.</summary>
/// <param name="All">Which end, whatever their session.</param>
/// <param name="Others">Which end beside these, unless they belong to <paramref name="Kept"/>.</param>
/// <param name="Kept">The session that goes on; null: none.</param>
/// <param name="Until">When there are no such tokens any more.</param>
internal readonly record struct Revocation(RevocationMark All, RevocationMark Others, Guid? Kept, DateTimeOffset Until)
{
    /// <summary>Every token up to a mark has ended.</summary>
    public static Revocation OfAll(RevocationMark mark, DateTimeOffset until) => new(mark, RevocationMark.None, null, until);

    /// <summary>Every token up to a mark has ended but for those of one session.</summary>
    public static Revocation OfAllBut(Guid kept, RevocationMark mark, DateTimeOffset until) => new(RevocationMark.None, mark, kept, until);

    /// <summary>Whether a token has ended.</summary>
    public bool Ends(Guid token, Guid? session, int? version) =>
        All.Ends(token, version) || ((Kept is null || session != Kept) && Others.Ends(token, version));

    /// <summary>Both: what one of them ended stays ended, and the session that goes on is that of the later one.</summary>
    public Revocation And(Revocation later) =>
        new(All.And(later.All), Others.And(later.Others), later.Kept ?? Kept, Until > later.Until ? Until : later.Until);
}

/// <summary>Up to where tokens have ended.</summary>
/// <param name="Before">Those made up to this millisecond, where no versions say it better.</param>
/// <param name="Version">Those made from an earlier version of their user; null: the time decides.</param>
internal readonly record struct RevocationMark(long Before, int? Version)
{
    /// <summary>Ends nothing.</summary>
    public static readonly RevocationMark None = new(long.MinValue, null);

    /// <summary>Whether a token lies before it. Versions are the user's own count: no two clocks are compared.</summary>
    public bool Ends(Guid token, int? version) => Version is { } changed && version is { } made ? made < changed : MadeAt(token) <= Before;

    /// <summary>The later of two.</summary>
    public RevocationMark And(RevocationMark later) =>
        new(Math.Max(Before, later.Before), Version is null || later.Version > Version ? later.Version ?? Version : Version);

    // The first 48 bits of a UUID v7 are the milliseconds since 1970.
    private static long MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
    }
}
