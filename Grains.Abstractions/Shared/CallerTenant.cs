namespace Tms.Grains.Abstractions.Shared;

/// <summary>The tenant that a caller acts for, as it travels with every grain call (Orleans' RequestContext).</summary>
public static class CallerTenant
{
    /// <summary>Key of the value, a <see cref="Guid"/>: the company acted on, or the platform's reserved id.</summary>
    public const string Key = "tms.tenant";
}
