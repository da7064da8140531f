using Microsoft.Extensions.Primitives;

namespace Tms.Api.Hosting;

/// <summary>Headers that tell browsers to do nothing clever with our answers.</summary>
internal static class SecurityHeaders
{
    /// <summary>Answers of the API are nobody's to keep.</summary>
    public static readonly StringValues NoStore = "no-store";

    /// <summary>The same for what has a version: a proxy that compresses makes its ETag weak, and If-Match takes no weak one.</summary>
    public static readonly StringValues NoStoreAsIs = "no-store, no-transform";

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues Deny = "DENY";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues Nothing = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues Hsts = "max-age=31536000; includeSubDomains";

    /// <summary>Sets them; pages that need more (the docs) say so themselves afterwards.</summary>
    public static void Apply(IHeaderDictionary headers, bool https)
    {
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers["Referrer-Policy"] = NoReferrer;
        headers.ContentSecurityPolicy = Nothing;
        if (https) headers.StrictTransportSecurity = Hsts;
    }
}
