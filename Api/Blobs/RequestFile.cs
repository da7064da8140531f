using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Tms.Api.Blobs;

/// <summary>The one file of a request: the first file part of a form, or the body itself. Read as it comes, never gathered.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Name">What the client calls it: the last part of a path at most, without control characters; null: nothing.</param>
internal sealed record RequestFile(Stream Content, string? Name)
{
    private const int MaxName = 200, MaxBoundary = 70, MaxPartHeaders = 16, MaxPartHeaderBytes = 8 << 10;

    /// <summary>Finds it; null where a form has none.</summary>
    /// <exception cref="InvalidDataException">The form breaks its own rules.</exception>
    /// <exception cref="IOException">The body ends too early.</exception>
    public static async Task<RequestFile?> Of(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new(request.Body, null);

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > MaxBoundary) throw new InvalidDataException("A form has a boundary of 1 to 70 characters.");
        var reader = new MultipartReader(boundary.Value!, request.Body)
        {
            HeadersCountLimit = MaxPartHeaders,
            HeadersLengthLimit = MaxPartHeaderBytes,
        };
        while (await reader.ReadNextSectionAsync(cancel) is { } part)
        {
            if (part.GetContentDispositionHeader() is { } disposition && disposition.IsFileDisposition())
                return new(part.Body, NameOf(disposition));
        }

        return null;
    }

    private static string? NameOf(ContentDispositionHeaderValue disposition)
    {
        var quoted = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var given = HeaderUtilities.RemoveQuotes(quoted).Value ?? "";
        var name = new string([.. given[(given.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c)).Take(MaxName)]).Trim();
        return name.Length == 0 ? null : name;
    }
}
