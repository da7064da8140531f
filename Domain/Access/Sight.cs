using Tms.Domain.Users;

namespace Tms.Domain.Access;

/// <summary>The one answer to "may this caller see that": permission, module, person and rooms.</summary>
/// <remarks>Used by the hub, histories, the audit trail and actions on a person's own things.</remarks>
public static class Sight
{
    /// <summary>
    /// Whether a viewer may see something now, with the modules of this moment. Allocates nothing where modules are known.
    /// </summary>
    public static async ValueTask<bool> Sees(this Viewer viewer, IReadOnlyList<Ground> grounds, IActiveModules modules)
    {
        for (var i = 0; i < grounds.Count; i++)
        {
            if (viewer.Holds(grounds[i]) && await IsOpen(viewer, grounds[i].Permission, modules)) return true;
        }

        return false;
    }

    /// <summary>Whether a ground holds for a viewer, whatever modules are active.</summary>
    public static bool Holds(this Viewer viewer, Ground ground) => viewer.May(ground.Permission) && ground.Reach switch
    {
        Reach.Company => viewer.SeesCompany,
        Reach.Person => viewer.Person == ground.Subject,
        _ => viewer.Rooms.Contains(ground.Subject),
    };

    private static ValueTask<bool> IsOpen(Viewer viewer, Permission permission, IActiveModules modules) =>
        permission.Module() is { } module ? modules.HasActive(viewer.Company, module) : new(true);
}
