using System.Data.Common;
using Tms.Domain.Sessions;
using Tms.EventStore;

namespace Tms.Api.Auth;

/// <summary>All sessions of one user.</summary>
public sealed partial class UserSessions(IDatabase database, Sessions sessions, TimeProvider time, ILogger<UserSessions> log)
{
    private const string Newest = """
        select family, created_us, used_us, user_agent, expires_us from sessions
        where tenant = @tenant and user_id = @user and replaced_us is null and expires_us > @now order by family
        """;

    /// <summary>Those that go on, oldest first.</summary>
    public Task<List<SessionRow>> List(TenantId tenant, Guid user, CancellationToken cancel) =>
        database.Query(Newest, Row, cancel, ("tenant", tenant.Value), ("user", user), ("now", Micros.Of(time.GetUtcNow())));

    /// <summary>Ends one of the user's sessions; false where the user has none with this id.</summary>
    public async Task<bool> End(TenantId tenant, Guid user, Guid session, string correlation, CancellationToken cancel)
    {
        if (!(await Families(tenant, user, cancel)).Contains(session)) return false;
        await sessions.End(session, user, SessionEnd.Revoked, correlation, cancel);
        return true;
    }

    /// <summary>Deletes what is kept of all of them but one.</summary>
    /// <remarks>They have ended before, with the event that says so: whoever cannot clean up has nothing to tell.</remarks>
    /// <param name="tenant">The user's tenant.</param>
    /// <param name="user">The user.</param>
    /// <param name="except">The one that goes on; null: none.</param>
    public async Task Forget(TenantId tenant, Guid user, Guid? except)
    {
        try
        {
            await database.Execute(
                "delete from sessions where tenant = @tenant and user_id = @user and family <> @except", CancellationToken.None,
                ("tenant", tenant.Value), ("user", user), ("except", except ?? Guid.Empty));
        }
        catch (StoreUnavailableException e)
        {
            LogLeft(user, e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Sessions of user {User} have ended, and are still listed until they expire")]
    private partial void LogLeft(Guid user, Exception failure);

    private Task<List<Guid>> Families(TenantId tenant, Guid user, CancellationToken cancel) =>
        database.Query(
            "select distinct family from sessions where tenant = @tenant and user_id = @user", r => r.GetGuid(0), cancel,
            ("tenant", tenant.Value), ("user", user));

    private static SessionRow Row(DbDataReader r) =>
        new(r.GetGuid(0), Time(r, 1), Time(r, 2), r.IsDBNull(3) ? null : r.GetString(3), Micros.ToTime(r.GetInt64(4)));

    private static DateTimeOffset? Time(DbDataReader r, int column) => r.IsDBNull(column) ? null : Micros.ToTime(r.GetInt64(column));
}

/// <summary>A session that goes on.</summary>
/// <param name="Id">The family of its refresh tokens.</param>
/// <param name="CreatedAt">When it began, UTC; null where that was not noted yet.</param>
/// <param name="LastUsedAt">When it was last refreshed, UTC.</param>
/// <param name="UserAgent">By what.</param>
/// <param name="ExpiresAt">When it ends where nobody refreshes it, UTC.</param>
public sealed record SessionRow(
    Guid Id, DateTimeOffset? CreatedAt, DateTimeOffset? LastUsedAt, string? UserAgent, DateTimeOffset ExpiresAt);
