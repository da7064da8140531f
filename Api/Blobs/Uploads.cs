using Tms.Api.Http;
using Tms.EventStore.Blobs;

namespace Tms.Api.Blobs;

/// <summary>
/// Takes the file of a request into the store, for an action marked <c>[Upload(Form = true)]</c>.
/// An event of the caller names it within a day.
/// </summary>
public sealed class Uploads(IBlobStore blobs)
{
    /// <summary>Stores the file of a request.</summary>
    /// <param name="request">A form with a file part, or the bytes themselves as the body.</param>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="kinds">What it may be, told by its first bytes.</param>
    /// <param name="cancel">Fires when the client goes away.</param>
    /// <returns>
    /// The file, or why it is not taken: 400 no (whole) file, 404 unknown owner, 409 quota, 413 too large, 415 another kind.
    /// </returns>
    public async Task<Uploaded> Take(HttpRequest request, BlobOwner owner, IReadOnlyList<FileType> kinds, CancellationToken cancel)
    {
        try
        {
            return await RequestFile.Of(request, cancel) is { } file
                ? await Take(file, owner, kinds, cancel)
                : Refused(400, ErrorCodes.BadRequest, "The form has no file: send one part with a filename.");
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            return Refused(400, ErrorCodes.BadRequest, "The form cannot be read to its end.");
        }
    }

    private async Task<Uploaded> Take(RequestFile file, BlobOwner owner, IReadOnlyList<FileType> kinds, CancellationToken cancel)
    {
        var head = new byte[FileType.HeadSize];
        var read = await file.Content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        if (FileType.Of(head.AsSpan(0, read), kinds) is not { } kind)
        {
            var taken = string.Join(", ", kinds.Select(k => k.MediaType));
            return Refused(415, ErrorCodes.UnsupportedMediaType, $"The file is none of: {taken}.");
        }

        return await blobs.Put(owner, kind.MediaType, new HeadedStream(head.AsMemory(0, read), file.Content), cancel) switch
        {
            BlobPut.Stored stored => new(stored.Blob, file.Name, null),
            BlobPut.TooLarge large => Refused(413, ErrorCodes.PayloadTooLarge, $"A file may have {large.MaxBytes} bytes."),
            BlobPut.OverQuota => Refused(409, ErrorCodes.FileQuotaExceeded, "The company has no room for more files."),
            _ => new(null, null, Problem.NotFound()),
        };
    }

    private static Uploaded Refused(int status, string code, string detail) => new(null, null, new(status, code, detail));
}

/// <summary>What became of the file of a request: either it is stored, or there is a problem.</summary>
/// <param name="Blob">The stored file.</param>
/// <param name="Name">What the client calls it.</param>
/// <param name="Problem">Why it is not taken.</param>
public sealed record Uploaded(Blob? Blob, string? Name, Problem? Problem);
