using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>
/// What an endpoint, a hub method or an event's audience asks of a caller. The name on the wire is the scope of an API key.
/// </summary>
[JsonConverter(typeof(EnumConverter<Permission>))]
public enum Permission
{
    /// <summary>Create and list companies, activate modules.</summary>
    [JsonStringEnumMemberName("companies:manage")]
    CompaniesManage,

    /// <summary>Read the own company.</summary>
    [JsonStringEnumMemberName("company:read")]
    CompanyRead,

    /// <summary>Change the own company.</summary>
    [JsonStringEnumMemberName("company:change")]
    CompanyChange,

    /// <summary>List, invite, deactivate and erase users; set roles.</summary>
    [JsonStringEnumMemberName("users:manage")]
    UsersManage,

    /// <summary>Own profile, notifications, password, sessions.</summary>
    [JsonStringEnumMemberName("profile:own")]
    OwnProfile,

    /// <summary>Read invoices and customers.</summary>
    [JsonStringEnumMemberName("economy:read")]
    EconomyRead,

    /// <summary>Create and change drafts and customers.</summary>
    [JsonStringEnumMemberName("economy:draft")]
    EconomyDraft,

    /// <summary>Send, pay, cancel; budgets, reports, ledger, exports.</summary>
    [JsonStringEnumMemberName("economy:run")]
    EconomyRun,

    /// <summary>Read the audit trail, run webhooks, moderate chat.</summary>
    [JsonStringEnumMemberName("audit:read")]
    Audit,

    /// <summary>Make and revoke API keys.</summary>
    [JsonStringEnumMemberName("api-keys:manage")]
    ApiKeysManage,

    /// <summary>The platform itself: operators' endpoints and the dashboard.</summary>
    [JsonStringEnumMemberName("platform:admin")]
    PlatformAdmin,

    /// <summary>Connect to the hub and join rooms; what is seen there needs its own permission. Every API key has it.</summary>
    [JsonStringEnumMemberName("live:follow")]
    Live,
}
