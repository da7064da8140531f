using Asp.Versioning;
using Microsoft.Extensions.Primitives;
using Tms.Api.Http;

namespace Tms.Api.Versioning;

/// <summary>
/// Before routing: reads the version from path, header and Accept, refuses what cannot be served, and takes it out of the path.
/// </summary>
internal sealed class VersionMiddleware(RequestDelegate next, VersionClock clock)
{
    private static readonly PathString Api = new("/api");
    private static readonly StringValues Choosing = "Accept, X-API-Version";

    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase, out var rest)) return next(context);
        var facts = context.Facts();
        facts.IsVersioned = true;
        context.Response.Headers.Vary = StringValues.Concat(context.Response.Headers.Vary, Choosing);
        var asked = default(RequestedVersion);
        var resource = asked.TakePath(rest);
        asked.TakeHeader(request.Headers["X-API-Version"]);
        asked.TakeAccept(request.Headers.Accept);
        if (Refuse(asked, facts) is { } problem) return Answer(context, facts, problem);
        facts.VendorType = asked.VendorType;
        if (resource.Value != rest.Value) request.Path = Api.Add(resource);
        Select(context, facts, asked.Major);
        return next(context);
    }

    private Problem? Refuse(in RequestedVersion asked, RequestFacts facts)
    {
        if (asked.Unknown is { } unknown) return Unsupported($"There is no version {unknown}.", clock.Supported);
        if (asked.IsAmbiguous)
            return new Problem(400, ErrorCodes.AmbiguousApiVersion, "Path, X-API-Version and Accept ask for different major versions.")
            {
                Supported = clock.Supported,
            };
        if (asked.Major != 1 || !clock.IsV1Over) return null;
        facts.Major = 1;
        return new Problem(410, ErrorCodes.ApiVersionSunset, "Version 1 has been served until its sunset; use version 2.")
        {
            Supported = clock.Supported,
        };
    }

    private static Problem Unsupported(string detail, IReadOnlyList<string> supported) =>
        new(400, ErrorCodes.UnsupportedApiVersion, detail) { Supported = supported };

    private Task Answer(HttpContext context, RequestFacts facts, Problem problem)
    {
        if (facts.Major == 0) facts.Major = 2;
        clock.Announce(context, facts);
        return ProblemWriter.Write(context, problem);
    }

    private void Select(HttpContext context, RequestFacts facts, int major)
    {
        if (major == 0)
        {
            context.Features.Set<IApiVersioningFeature>(new KnownVersion(null));
            return;
        }

        facts.Major = major;
        clock.Announce(context, facts);
        context.Features.Set<IApiVersioningFeature>(major == 1 ? new KnownVersion(ApiVersions.V1) : new KnownVersion(ApiVersions.V2));
    }

    // What the version says to endpoint selection, without parsing it from the request again.
    private sealed class KnownVersion(ApiVersion? version) : IApiVersioningFeature
    {
        private static readonly string[] One = ["1.0"];
        private static readonly string[] Two = ["2.0"];

        public string? RouteParameter { get; set; }

        public IReadOnlyList<string> RawRequestedApiVersions
        {
            get => RequestedApiVersion?.MajorVersion switch { 1 => One, 2 => Two, _ => [] };
            set { }
        }

        public string? RawRequestedApiVersion
        {
            get => RequestedApiVersion is { } known ? ApiVersions.Exact(known.MajorVersion!.Value) : null;
            set { }
        }

        public ApiVersion? RequestedApiVersion { get; set; } = version;
    }
}
