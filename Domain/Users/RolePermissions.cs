using System.Collections.Frozen;
using Tms.Domain.Companies;

namespace Tms.Domain.Users;

/// <summary>
/// Which role may do what, and in which module: the one table that HTTP, the hub, API keys and events' audiences read (contract, section
/// 4).
/// </summary>
public static class RolePermissions
{
    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Elev] = [Permission.CompanyRead, Permission.OwnProfile, Permission.Live],
        [Role.Bruker] = [Permission.CompanyRead, Permission.OwnProfile, Permission.Live, Permission.EconomyRead, Permission.EconomyDraft],
        [Role.Hovedbruker] =
        [
            Permission.CompanyRead, Permission.CompanyChange, Permission.UsersManage, Permission.OwnProfile, Permission.Live,
            Permission.EconomyRead, Permission.EconomyDraft, Permission.EconomyRun, Permission.Audit, Permission.ApiKeysManage,
        ],
        [Role.Admin] = [.. Enum.GetValues<Permission>()],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Permission, Module> Modules = new Dictionary<Permission, Module>
    {
        [Permission.EconomyRead] = Companies.Module.Economy,
        [Permission.EconomyDraft] = Companies.Module.Economy,
        [Permission.EconomyRun] = Companies.Module.Economy,
    }.ToFrozenDictionary();

    // What concerns a person or the platform is no other system's business, and no key makes keys or users.
    private static readonly FrozenSet<Permission> ForKeys =
        [Permission.CompanyRead, Permission.EconomyRead, Permission.EconomyDraft, Permission.EconomyRun, Permission.Audit];

    /// <summary>Whether a role has a permission.</summary>
    public static bool May(this Role role, Permission permission) =>
        Table.TryGetValue(role, out var permissions) && permissions.Contains(permission);

    /// <summary>The module that a company must have activated for a permission to mean anything; null: none.</summary>
    public static Module? Module(this Permission permission) => Modules.TryGetValue(permission, out var module) ? module : null;

    /// <summary>Whether an API key can have a permission.</summary>
    public static bool IsForKeys(this Permission permission) => ForKeys.Contains(permission);

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
