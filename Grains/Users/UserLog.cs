using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Hosting;

namespace Tms.Grains.Users;

/// <summary>Reads users from the log, where asking their grains could have two of them wait for each other.</summary>
internal static class UserLog
{
    /// <summary>A user as the log has it now; null if there is none.</summary>
    public static async Task<User?> User(this AggregateServices services, TenantId tenant, Guid id) =>
        await new AggregateLog<User, UserCommand, UserEvent>(UserDecider.Instance, services, tenant, id).Load() is { Version: > 0 } folded
            ? folded.State
            : null;
}
