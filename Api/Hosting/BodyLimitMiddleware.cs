using Microsoft.AspNetCore.Http.Features;
using Tms.Api.Http;

namespace Tms.Api.Hosting;

/// <summary>
/// After routing: 413 for a body that is longer than its address takes, 1 MiB or what <see cref="UploadAttribute"/> says.
/// </summary>
/// <remarks>
/// The body's bytes count, however they are framed. The server's own limit counts chunks' frames, too, and hangs up on whoever still sends;
/// here it only bounds how much of a refused body is read and dropped, so that the answer arrives.
/// </remarks>
internal sealed class BodyLimitMiddleware(RequestDelegate next)
{
    /// <summary>Bytes of a refused body that are read and dropped, frames included: the longest upload in chunks of one byte.</summary>
    public const long Drained = 64 << 20;

    private const long Usual = 1 << 20;

    public Task Invoke(HttpContext context)
    {
        if (context.Request.ContentLength is { } length) return length <= LimitOf(context) ? next(context) : Refuse(context, length);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            context.Request.Body = new LimitedBody(context.Request.Body, LimitOf(context));
        return next(context);
    }

    private static long LimitOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<UploadAttribute>()?.MaxBody ?? Usual;

    private static Task Refuse(HttpContext context, long length)
    {
        if (length > Drained) context.Response.Headers.Connection = "close";
        return ProblemWriter.Write(context, Faults.Bare(StatusCodes.Status413PayloadTooLarge));
    }
}
