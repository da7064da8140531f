using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Tms.Api.Http;

/// <summary>X-Correlation-ID: the caller's where it is one value of at most 128 visible ASCII characters, else a new one.</summary>
internal static class CorrelationIds
{
    private const int MaxLength = 128;

    /// <summary>Visible ASCII: what may stand in a header without quotes or surprises.</summary>
    public static readonly SearchValues<char> Visible = SearchValues.Create(
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The correlation id of a request.</summary>
    public static string Of(StringValues header) =>
        header is [{ Length: > 0 and <= MaxLength } given] && !given.AsSpan().ContainsAnyExcept(Visible)
            ? given
            : Guid.CreateVersion7().ToString("N");
}
