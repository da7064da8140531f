using Asp.Versioning;
using Tms.Api.Http;

namespace Tms.Api.Versioning;

/// <summary>After routing: where no version was asked for, notes the one that endpoint selection chose.</summary>
internal sealed class ServedVersionMiddleware(RequestDelegate next, VersionClock clock)
{
    public Task Invoke(HttpContext context)
    {
        var facts = context.Facts();
        if (facts is not { IsVersioned: true, Major: 0 }) return next(context);
        var chosen = context.Features.Get<IApiVersioningFeature>()?.RequestedApiVersion?.MajorVersion;
        facts.Major = chosen ?? (clock.IsV1Over ? 2 : 1);
        clock.Announce(context, facts);
        return next(context);
    }
}
