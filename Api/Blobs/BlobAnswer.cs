using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Tms.Api.Http;
using Tms.EventStore.Blobs;

namespace Tms.Api.Blobs;

/// <summary>
/// An answer with a file, piece by piece as the client takes it. Its ETag is the hash of its bytes: whoever has them gets 304.
/// </summary>
/// <remarks>The file goes out as the kind that its first bytes told, and never as a page: browsers neither guess nor run it.</remarks>
/// <param name="blob">Which file.</param>
/// <param name="name">What to call it; null: nothing.</param>
/// <param name="download">Whether a browser saves it instead of showing it.</param>
public sealed class BlobAnswer(Blob blob, string? name, bool download = false) : ActionResult
{
    /// <inheritdoc />
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var tag = $"\"{blob.Address.Hash.Hex}\"";
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache, no-transform";
        if (ETags.IsKnown(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = blob.MediaType;
        response.ContentLength = blob.Size;
        response.Headers.ContentDisposition = Disposition();
        if (context.HttpContext.Facts().IsHead) return;
        var aborted = context.HttpContext.RequestAborted;
        var store = context.HttpContext.RequestServices.GetRequiredService<IBlobStore>();
        await foreach (var piece in store.Read(blob.Address, aborted)) await response.BodyWriter.WriteAsync(piece, aborted);
    }

    private string Disposition()
    {
        var disposition = new ContentDispositionHeaderValue(download ? "attachment" : "inline");
        if (name is not null) disposition.SetHttpFileName(name);
        return disposition.ToString();
    }
}
