using Microsoft.Extensions.Primitives;
using Tms.Api.Http;
using Tms.Domain.Shared;

namespace Tms.Api.Hosting;

/// <summary>Outermost: correlation, security headers, and the one place where exceptions and bare statuses become problems.</summary>
internal sealed partial class EdgeMiddleware(RequestDelegate next, TimeProvider time, ILogger<EdgeMiddleware> log)
{
    private const string Correlation = "X-Correlation-ID";
    private static readonly PathString Api = new("/api");
    private static readonly PathString Hubs = new("/hubs");

    public async Task Invoke(HttpContext context)
    {
        Begin(context);
        try
        {
            await next(context);
            if (IsBare(context.Response)) await ProblemWriter.Write(context, Faults.Bare(context.Response.StatusCode));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception)
        {
            await Answer(context, exception);
        }
        finally
        {
            if (context.Facts().IsHead) context.Request.Method = HttpMethods.Head;
        }
    }

    private void Begin(HttpContext context)
    {
        var request = context.Request;

        // What a proxy says it took away becomes part of addresses that we write: two slashes would lead to another host.
        if (request.PathBase.Value is ['/', '/' or '\\', ..]) request.PathBase = default;
        var correlation = CorrelationIds.Of(request.Headers[Correlation]);
        var isHead = HttpMethods.IsHead(request.Method) && !request.Path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase);
        context.Features.Set(new RequestFacts
        {
            CorrelationId = correlation,
            Path = request.Path,
            PathBase = request.PathBase,
            Time = time,
            IsHead = isHead,
        });

        // HEAD is answered as GET is, everywhere; the server leaves the body out by what it read itself.
        if (isHead) request.Method = HttpMethods.Get;
        var headers = context.Response.Headers;
        headers[Correlation] = correlation;
        SecurityHeaders.Apply(headers, request.IsHttps);
        if (request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase)) headers.CacheControl = SecurityHeaders.NoStore;
    }

    private static bool IsBare(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null };

    private async Task Answer(HttpContext context, Exception exception)
    {
        var problem = Faults.Of(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError || exception is NewerEventException)
            LogFault(context.Request.Method, context.Request.Path, exception);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        Forget(context.Response.Headers);
        await ProblemWriter.Write(context, problem);
    }

    // What the failed action said about the body it did not write.
    private static void Forget(IHeaderDictionary headers)
    {
        headers.ETag = StringValues.Empty;
        if (!StringValues.IsNullOrEmpty(headers.CacheControl)) headers.CacheControl = SecurityHeaders.NoStore;
        headers.Location = StringValues.Empty;
        headers.ContentLength = null;
        headers.ContentDisposition = StringValues.Empty;
        headers.ContentEncoding = StringValues.Empty;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFault(string method, string path, Exception exception);
}
