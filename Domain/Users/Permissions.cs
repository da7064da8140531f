using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Tms.Domain.Users;

/// <summary>What a user is in the system. Ordered: a higher value may do more.</summary>
[JsonConverter(typeof(RoleConverter))]
public enum Role
{
    /// <summary>Trainee.</summary>
    [JsonStringEnumMemberName("ELEV")]
    Elev = 1,

    /// <summary>Staff.</summary>
    [JsonStringEnumMemberName("BRUKER")]
    Bruker = 2,

    /// <summary>Runs a company.</summary>
    [JsonStringEnumMemberName("HOVEDBRUKER")]
    Hovedbruker = 3,

    /// <summary>Runs the platform: every company.</summary>
    [JsonStringEnumMemberName("ADMIN")]
    Admin = 4,
}

/// <summary>What an endpoint, a hub method or an event's audience asks of a caller.</summary>
public enum Permission
{
    /// <summary>Create and list companies, activate modules.</summary>
    CompaniesManage,

    /// <summary>Read the own company.</summary>
    CompanyRead,

    /// <summary>Change the own company.</summary>
    CompanyChange,

    /// <summary>List, invite and deactivate users; set roles.</summary>
    UsersManage,

    /// <summary>Own profile, notifications, password, sessions.</summary>
    OwnProfile,

    /// <summary>Read invoices and customers.</summary>
    EconomyRead,

    /// <summary>Create and change drafts and customers.</summary>
    EconomyDraft,

    /// <summary>Send, pay, cancel; budgets, reports, ledger, exports.</summary>
    EconomyRun,

    /// <summary>Read the audit trail, run webhooks, moderate chat.</summary>
    Audit,

    /// <summary>The platform itself: operators' endpoints and the dashboard.</summary>
    PlatformAdmin,
}

/// <summary>Which role may do what: the one table that HTTP, the hub and events' audiences read.</summary>
public static class RolePermissions
{
    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Elev] = [Permission.CompanyRead, Permission.OwnProfile],
        [Role.Bruker] = [Permission.CompanyRead, Permission.OwnProfile, Permission.EconomyRead, Permission.EconomyDraft],
        [Role.Hovedbruker] =
        [
            Permission.CompanyRead, Permission.CompanyChange, Permission.UsersManage, Permission.OwnProfile,
            Permission.EconomyRead, Permission.EconomyDraft, Permission.EconomyRun, Permission.Audit,
        ],
        [Role.Admin] = [.. Enum.GetValues<Permission>()],
    }.ToFrozenDictionary();

    /// <summary>Whether a role has a permission.</summary>
    public static bool May(this Role role, Permission permission) => Table.TryGetValue(role, out var permissions) && permissions.Contains(permission);

    /// <summary>The role's name on the wire: ADMIN, HOVEDBRUKER, BRUKER, ELEV.</summary>
    public static string ToWire(this Role role) => role switch
    {
        Role.Admin => "ADMIN",
        Role.Hovedbruker => "HOVEDBRUKER",
        Role.Bruker => "BRUKER",
        _ => "ELEV",
    };

    /// <summary>The role with a name on the wire; null for any other text.</summary>
    public static Role? FromWire(string? name) => name switch
    {
        "ADMIN" => Role.Admin,
        "HOVEDBRUKER" => Role.Hovedbruker,
        "BRUKER" => Role.Bruker,
        "ELEV" => Role.Elev,
        _ => null,
    };
}
