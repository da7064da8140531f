using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Tms.Api.Http;

/// <summary>
/// After routing: 406 before the action runs, for a refused answer must not leave effects behind. What an action can make beside JSON it
/// says with [Produces].
/// </summary>
internal sealed class AcceptMiddleware(RequestDelegate next)
{
    // Enough for what clients send; strangers cannot fill the memory with long ones.
    private const int Remembered = 1000, LongestRemembered = 200;
    private readonly ConcurrentDictionary<string, bool> _takesJson = new(StringComparer.Ordinal);

    public Task Invoke(HttpContext context)
    {
        var accept = context.Request.Headers.Accept;
        if (accept.Count == 0 || context.Facts().VendorType is not null) return next(context);
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null)
            return next(context);
        var text = accept.ToString();
        return text is "*/*" or "application/json" || TakesJson(text) || TakesOther(text, endpoint)
            ? next(context)
            : ProblemWriter.Write(context, Faults.Bare(StatusCodes.Status406NotAcceptable));
    }

    private bool TakesJson(string accept)
    {
        if (_takesJson.TryGetValue(accept, out var takes)) return takes;
        takes = new AcceptedTypes(accept).TakeJson;
        if (accept.Length <= LongestRemembered && _takesJson.Count < Remembered) _takesJson[accept] = takes;
        return takes;
    }

    private static bool TakesOther(string accept, Endpoint endpoint)
    {
        var others = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>();
        if (others.Count == 0) return false;
        var accepted = new AcceptedTypes(accept);
        return others.Any(produces => produces.ContentTypes.Any(accepted.Take));
    }
}
