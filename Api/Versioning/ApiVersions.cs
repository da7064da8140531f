using Asp.Versioning;

namespace Tms.Api.Versioning;

/// <summary>The versions of the wire format. A major has one minor each today, so the highest minor is the major itself.</summary>
public static class ApiVersions
{
    /// <summary>The old system's format; deprecated.</summary>
    public static readonly ApiVersion V1 = new(1, 0);

    /// <summary>The current format.</summary>
    public static readonly ApiVersion V2 = new(2, 0);

    /// <summary>Exact name of a major's highest minor.</summary>
    public static string Exact(int major) => major == 1 ? "1.0" : "2.0";
}
