using Tms.Domain.Users;

namespace Tms.Api.Realtime;

/// <summary>The <c>epoch</c> on the wire: which history a position counts, and with which role it was served.</summary>
/// <remarks>
/// Opaque to clients: <c>{history}.{ROLE}</c>. The role is in it so that a resume with a role that has since widened is seen
/// on every node, without keeping anything per client: what the wider role may see before the position was never sent.
/// </remarks>
internal static class LiveEpoch
{
    /// <summary>The text for a history and a role.</summary>
    public static string Format(Guid history, Role role) => $"{history}.{role.ToWire()}";

    /// <summary>Whether a position that was served under <paramref name="text"/> may be resumed from.</summary>
    /// <remarks>A bare history, without a role, is taken as served with the role of now.</remarks>
    public static bool Covers(string? text, Guid history, Role role)
    {
        var parts = (text ?? "").Split('.', 2);
        var served = parts.Length == 1 ? role : RolePermissions.FromWire(parts[1]);
        return Guid.TryParse(parts[0], out var epoch) && epoch == history && served >= role;
    }
}
