using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Companies;
using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>Logs people in and companies up: what both versions of the wire share.</summary>
public sealed class LoginDesk(IGrainFactory grains, LoginGate gate, Sessions sessions, TokenIssuer tokens, TimeProvider time)
{
    /// <summary>Logs somebody in who shows what it takes.</summary>
    /// <param name="shown">What is shown.</param>
    /// <param name="visit">The request.</param>
    /// <param name="lasts">Whether the answer's refresh token is used; else it has none, and the login ends with its access token.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task<LoginResult> LogIn(Credentials shown, Visit visit, bool lasts, CancellationToken cancel)
    {
        var proof = await gate.Check(shown, visit, cancel);
        return new LoginResult(proof.User is null ? null : await Begin(proof, visit, lasts, cancel), proof.NeedsCode);
    }

    /// <summary>A user who is active; null for any other. A call that the cluster has lost is repeated once.</summary>
    public async Task<UserView?> Find(TenantId tenant, Guid user)
    {
        CallerTenant.Set(tenant.Value);
        var grain = grains.GetGrain<IUserGrain>(GrainKey.For(tenant.Value, user));
        try
        {
            return Active(await grain.Get());
        }
        catch (Exception e) when (Faults.IsLost(e))
        {
            return Active(await grain.Get());
        }
    }

    /// <summary>Logs somebody in who was made a moment ago.</summary>
    /// <exception cref="StoreUnavailableException">The user is there, and the login is not known to be.</exception>
    public async Task<LoginAnswer> Begin(TenantId tenant, Guid user, Visit visit, CancellationToken cancel) =>
        await Find(tenant, user) is { } view && await Begin(new LoginProof(view), visit, lasts: true, cancel) is { } answer
            ? answer
            : throw new StoreUnavailableException("Whoever has just registered cannot be found.");

    /// <summary>Goes on with a session; null where its token does not hold.</summary>
    /// <remarks>The token is used up last: whatever fails before can be repeated.</remarks>
    public async Task<LoginAnswer?> Refresh(string token, string? key, Visit visit, CancellationToken cancel)
    {
        if (await sessions.Find(token, cancel) is not { } shown || !shown.IsCurrent(time.GetUtcNow())) return null;
        if (await Find(shown.Session.Tenant, shown.Session.User) is not { } user || !shown.Session.GoesOnFor(user)) return null;
        return await sessions.Exchange(shown, key, visit, cancel) is { } session ? Answer(user, session) : null;
    }

    /// <summary>Registers a company with its HOVEDBRUKER.</summary>
    public async Task<Outcome<CompanyView>> Register(RegisterCompany command, string correlation)
    {
        CallerTenant.Set(command.CompanyId);
        return await grains.GetGrain<ICompanyGrain>(GrainKey.For(command.CompanyId, command.CompanyId))
            .Send(command, Context(command.UserId, correlation));
    }

    /// <summary>Makes a user of a company, or an ADMIN of the platform.</summary>
    public async Task<Outcome<UserView>> Register(RegisterUser command, CommandContext context)
    {
        var tenant = command.CompanyId ?? TenantId.Platform.Value;
        CallerTenant.Set(tenant);
        return await grains.GetGrain<IUserGrain>(GrainKey.For(tenant, command.UserId)).Send(command, context);
    }

    /// <summary>Makes a user of whoever was invited; the user gets the invitation's id.</summary>
    public async Task<Outcome<InvitationView>> Join(Guid invitation, AcceptInvitation command, string correlation)
    {
        CallerTenant.Set(command.CompanyId);
        return await grains.GetGrain<IInvitationGrain>(GrainKey.For(command.CompanyId, invitation))
            .Send(command, Context(invitation, correlation));
    }

    private async Task<LoginAnswer?> Begin(LoginProof proof, Visit visit, bool lasts, CancellationToken cancel)
    {
        var (user, id) = (proof.User!, Guid.CreateVersion7(time.GetUtcNow()));
        if (!await gate.Enter(proof, id, visit)) return null;
        var session = new Session(id, LoginGate.TenantOf(user), user.Id, user.Version, RefreshToken: "");
        return Answer(user, lasts ? await sessions.Begin(id, user, visit, cancel) : session);
    }

    private static UserView? Active(UserView? user) => user is { IsActive: true } ? user : null;

    private CommandContext Context(Guid actor, string correlation) =>
        new(Guid.CreateVersion7(time.GetUtcNow()), actor.ToString(), correlation);

    private LoginAnswer Answer(UserView user, Session session)
    {
        var (token, _) = tokens.Issue(user, session.Id);
        return new LoginAnswer(token, "Bearer", (int)TokenIssuer.Lifetime.TotalSeconds, session.RefreshToken, user);
    }
}

/// <summary>What became of an attempt to log in.</summary>
/// <param name="Answer">What it gives; null where it gives nothing.</param>
/// <param name="NeedsCode">Whether only the second factor's code was missing.</param>
public sealed record LoginResult(LoginAnswer? Answer, bool NeedsCode);
