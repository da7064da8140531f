using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Net.Http.Headers;

namespace Tms.Api.Http;

/// <summary>After routing: 406 before the action runs, for a refused answer must not leave effects behind. What an action can make beside JSON it says with [Produces].</summary>
internal sealed class AcceptMiddleware(RequestDelegate next)
{
    private const int Remembered = 1000;
    private readonly ConcurrentDictionary<string, bool> _takesJson = new(StringComparer.Ordinal);

    public Task Invoke(HttpContext context)
    {
        var accept = context.Request.Headers.Accept;
        if (accept.Count == 0 || context.Facts().VendorType is not null) return next(context);
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null) return next(context);
        var text = accept.ToString();
        return text is "*/*" or "application/json" || TakesJson(text) || TakesOther(text, endpoint)
            ? next(context)
            : ProblemWriter.Write(context, Faults.Bare(StatusCodes.Status406NotAcceptable));
    }

    private bool TakesJson(string accept)
    {
        if (_takesJson.TryGetValue(accept, out var takes)) return takes;
        takes = Takes(accept, "application/json") || Takes(accept, "application/problem+json");
        if (_takesJson.Count < Remembered) _takesJson[accept] = takes;
        return takes;
    }

    private static bool TakesOther(string accept, Endpoint endpoint)
    {
        foreach (var produces in endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>())
        {
            foreach (var type in produces.ContentTypes) if (Takes(accept, type)) return true;
        }

        return false;
    }

    private static bool Takes(string accept, string type)
    {
        if (!MediaTypeHeaderValue.TryParseList([accept], out var ranges)) return true;
        var offered = new MediaTypeHeaderValue(type);
        foreach (var range in ranges)
        {
            if (range.Quality != 0 && offered.IsSubsetOf(range)) return true;
        }

        return false;
    }
}
