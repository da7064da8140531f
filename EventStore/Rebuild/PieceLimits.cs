namespace Tms.EventStore.Rebuild;

/// <summary>What a rebuild holds in memory at a time. One stream that is larger is a piece of its own, and is read page by page.</summary>
internal static class PieceLimits
{
    public const int Streams = 200;

    public const int Events = 4_000;

    public const long Bytes = 4 * 1024 * 1024;

    /// <summary>Cuts streams into pieces, in their order.</summary>
    public static IEnumerable<IReadOnlyList<StreamSize>> Cut(IEnumerable<StreamSize> sizes)
    {
        var piece = new List<StreamSize>();
        foreach (var size in sizes)
        {
            if (piece.Count > 0 && !Fits(piece, size))
            {
                yield return piece;
                piece = [];
            }

            piece.Add(size);
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    /// <summary>Whether streams are read page by page.</summary>
    public static bool AreLong(IReadOnlyList<StreamSize> piece) => piece is [var one] && (one.Events > Events || one.Bytes > Bytes);

    private static bool Fits(List<StreamSize> piece, StreamSize next) =>
        piece.Count < Streams && piece.Sum(s => s.Events) + next.Events <= Events && piece.Sum(s => s.Bytes) + next.Bytes <= Bytes;
}
