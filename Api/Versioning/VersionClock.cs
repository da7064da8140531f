using System.Globalization;
using Asp.Versioning;
using Microsoft.Extensions.Primitives;
using Tms.Api.Hosting;
using Tms.Api.Http;

namespace Tms.Api.Versioning;

/// <summary>Which versions are served now, and the headers that say so.</summary>
internal sealed class VersionClock(ApiSettings settings, TimeProvider time) : IApiVersionSelector
{
    private static readonly string[] Both = ["1.0", "2.0"];
    private static readonly string[] OnlyTwo = ["2.0"];
    private static readonly StringValues BothHeader = "1.0, 2.0";
    private static readonly StringValues OneHeader = "1.0";
    private static readonly StringValues TwoHeader = "2.0";
    private readonly DateTimeOffset _sunset = settings.Versions.V1Sunset;
    private readonly StringValues _deprecation =
        "@" + settings.Versions.V1Deprecated.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    private readonly StringValues _sunsetHeader = settings.Versions.V1Sunset.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether v1 is past its sunset.</summary>
    public bool IsV1Over => time.GetUtcNow() > _sunset;

    /// <summary>The versions that are served.</summary>
    public IReadOnlyList<string> Supported => IsV1Over ? OnlyTwo : Both;

    /// <inheritdoc />
    public ApiVersion SelectVersion(HttpRequest request, ApiVersionModel model) =>
        !IsV1Over && model.ImplementedApiVersions.Contains(ApiVersions.V1) ? ApiVersions.V1 : ApiVersions.V2;

    /// <inheritdoc />
    public ValueTask<ApiVersion> SelectVersionAsync(HttpRequest request, ApiVersionModel model, CancellationToken cancellationToken) =>
        new(SelectVersion(request, model));

    /// <summary>Writes the version headers of the answer.</summary>
    public void Announce(HttpContext context, RequestFacts facts)
    {
        var headers = context.Response.Headers;
        var over = IsV1Over;
        headers["X-API-Version"] = facts.Major == 1 ? OneHeader : TwoHeader;
        headers["api-supported-versions"] = over ? TwoHeader : BothHeader;
        if (!over) headers["api-deprecated-versions"] = OneHeader;
        if (facts.Major == 1) AnnounceEnd(headers, facts.PathBase, facts.Path);
    }

    private void AnnounceEnd(IHeaderDictionary headers, PathString before, PathString path)
    {
        headers["Deprecation"] = _deprecation;
        headers["Sunset"] = _sunsetHeader;
        headers.Link =
            $"<{before}{Successor(path)}>; rel=\"successor-version\", <{before}/docs/versions>; rel=\"deprecation\"; type=\"text/html\"";
    }

    private static string Successor(PathString path)
    {
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out var rest);
        return new PathString("/api/v2").Add(default(RequestedVersion).TakePath(rest)).ToUriComponent();
    }
}
