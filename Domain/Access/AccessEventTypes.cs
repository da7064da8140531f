using Tms.Domain.Shared;

namespace Tms.Domain.Access;

/// <summary>The notices of access by stable name: nodes follow them, nobody sees them.</summary>
public static class AccessEventTypes
{
    /// <summary>Kind of the streams of notices: one stream for each.</summary>
    public const string Stream = "access";

    /// <summary>Name of <see cref="Access.UserAccessChanged"/>.</summary>
    public const string UserAccessChanged = "USER_ACCESS_CHANGED";

    /// <summary>Name of <see cref="Access.CompanyAccessChanged"/>.</summary>
    public const string CompanyAccessChanged = "COMPANY_ACCESS_CHANGED";

    /// <summary>Name of <see cref="Access.ApiKeyEnded"/>.</summary>
    public const string ApiKeyEnded = "API_KEY_ENDED";

    internal static IReadOnlyList<EventType> All { get; } =
    [
        EventType.Of(UserAccessChanged, 1, AccessJson.Default.UserAccessChanged),
        EventType.Of(CompanyAccessChanged, 1, AccessJson.Default.CompanyAccessChanged),
        EventType.Of(ApiKeyEnded, 1, AccessJson.Default.ApiKeyEnded),
    ];
}
