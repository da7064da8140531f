using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>Logs people in and companies up: what both versions of the wire share.</summary>
public sealed class LoginDesk(IGrainFactory grains, IEventReader store, Passwords passwords, Sessions sessions, TokenIssuer tokens)
{
    /// <summary>Who an e-mail address and a password belong to; null where they belong to nobody. Takes as long either way.</summary>
    public async Task<UserView?> Check(string email, string password, CancellationToken cancel)
    {
        var holder = await store.FindReservation("email", Email.Normalise(email), cancel);
        var hash = holder is null ? null : await store.FindSecret(holder.Tenant, holder.Owner, "password", cancel);
        return await passwords.Check(hash, password, cancel) ? await Find(holder!.Tenant, holder.Owner) : null;
    }

    /// <summary>A user who is active; null for any other.</summary>
    public async Task<UserView?> Find(TenantId tenant, Guid user)
    {
        CallerTenant.Set(tenant.Value);
        return await grains.GetGrain<IUserGrain>(GrainKey.For(tenant.Value, user)).Get() is { IsActive: true } view ? view : null;
    }

    /// <summary>Begins a session.</summary>
    public async Task<LoginAnswer> Begin(UserView user, CancellationToken cancel) =>
        Answer(user, await sessions.Begin(TenantOf(user), user.Id, cancel));

    /// <summary>Goes on with a session; null where its token does not hold.</summary>
    public async Task<LoginAnswer?> Refresh(string token, string? key, string correlation, CancellationToken cancel) =>
        await sessions.Refresh(token, key, correlation, cancel) is { } session && await Find(session.Tenant, session.User) is { } user ? Answer(user, session) : null;

    /// <summary>Registers a company with its HOVEDBRUKER.</summary>
    public async Task<Outcome<CompanyView>> Register(RegisterCompany command, string correlation)
    {
        CallerTenant.Set(command.CompanyId);
        var context = new CommandContext(Guid.CreateVersion7(), command.UserId.ToString(), correlation);
        return await grains.GetGrain<ICompanyGrain>(GrainKey.For(command.CompanyId, command.CompanyId)).Send(command, context);
    }

    /// <summary>Makes a user of a company, or an ADMIN of the platform.</summary>
    public async Task<Outcome<UserView>> Register(RegisterUser command, CommandContext context)
    {
        var tenant = command.CompanyId ?? TenantId.Platform.Value;
        CallerTenant.Set(tenant);
        return await grains.GetGrain<IUserGrain>(GrainKey.For(tenant, command.UserId)).Send(command, context);
    }

    /// <summary>The hash to keep of a new password.</summary>
    public Task<byte[]> Hash(string password, CancellationToken cancel) => passwords.Hash(password, cancel);

    private LoginAnswer Answer(UserView user, Session session)
    {
        var (token, _) = tokens.Issue(user, session.Id);
        return new LoginAnswer(token, "Bearer", (int)TokenIssuer.Lifetime.TotalSeconds, session.RefreshToken, user);
    }

    private static TenantId TenantOf(UserView user) => user.CompanyId is { } company ? new TenantId(company) : TenantId.Platform;
}
