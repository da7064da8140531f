namespace Tms.Grains.Abstractions.Shared;

/// <summary>The delivery stream of a company: names shared by the provider and its one implicit consumer.</summary>
public static class CompanyStream
{
    /// <summary>Name of the stream provider over the log.</summary>
    public const string Provider = "log";

    /// <summary>Stream namespace; the stream's key is the tenant's id ("D" format).</summary>
    public const string Namespace = "company";
}
