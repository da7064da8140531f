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
    public async Task<LoginResult> LogIn(Credentials shown, Visit visit, CancellationToken cancel)
    {
        var proof = await gate.Check(shown, visit.Correlation, cancel);
        return new LoginResult(proof.User is null ? null : await Begin(proof, visit, cancel), proof.NeedsCode);
    }

    /// <summary>A user who is active; null for any other.</summary>
    public async Task<UserView?> Find(TenantId tenant, Guid user)
    {
        CallerTenant.Set(tenant.Value);
        return await grains.GetGrain<IUserGrain>(GrainKey.For(tenant.Value, user)).Get() is { IsActive: true } view ? view : null;
    }

    /// <summary>Logs somebody in who was made a moment ago.</summary>
    /// <exception cref="StoreUnavailableException">The user is there, and the login is not known to be.</exception>
    public async Task<LoginAnswer> Begin(TenantId tenant, Guid user, Visit visit, CancellationToken cancel) =>
        await Find(tenant, user) is { } view && await Begin(new LoginProof(view), visit, cancel) is { } answer
            ? answer
            : throw new StoreUnavailableException("Whoever has just registered cannot be found.");

    /// <summary>Goes on with a session; null where its token does not hold.</summary>
    public async Task<LoginAnswer?> Refresh(string token, string? key, Visit visit, CancellationToken cancel) =>
        await sessions.Refresh(token, key, visit, cancel) is { } session && await Find(session.Tenant, session.User) is { } user && session.UserVersion >= user.SessionsFrom
            ? Answer(user, session)
            : null;

    /// <summary>Registers a company with its HOVEDBRUKER.</summary>
    public async Task<Outcome<CompanyView>> Register(RegisterCompany command, string correlation)
    {
        CallerTenant.Set(command.CompanyId);
        return await grains.GetGrain<ICompanyGrain>(GrainKey.For(command.CompanyId, command.CompanyId)).Send(command, Context(command.UserId, correlation));
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
        return await grains.GetGrain<IInvitationGrain>(GrainKey.For(command.CompanyId, invitation)).Send(command, Context(invitation, correlation));
    }

    private async Task<LoginAnswer?> Begin(LoginProof proof, Visit visit, CancellationToken cancel)
    {
        var (user, id) = (proof.User!, Guid.CreateVersion7(time.GetUtcNow()));
        return await gate.Enter(proof, id, visit.Correlation) ? Answer(user, await sessions.Begin(id, user, visit.UserAgent, cancel)) : null;
    }

    private CommandContext Context(Guid actor, string correlation) => new(Guid.CreateVersion7(time.GetUtcNow()), actor.ToString(), correlation);

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
