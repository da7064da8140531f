using Tms.Domain.Logins;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Logins;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>
/// Says who may log in. Every attempt goes one way: known address or not, locked or not, it costs a hash and the same calls.
/// </summary>
public sealed class LoginGate(
    IGrainFactory grains, IEventReader store, Passwords passwords, SecondFactors factors, RecentLogins recent, LoginMetrics metrics,
    TimeProvider time)
{
    private const int Attempts = 4;

    /// <summary>What credentials are worth. Those that fail are counted.</summary>
    public async Task<LoginProof> Check(Credentials shown, Visit visit, CancellationToken cancel)
    {
        var email = Email.Normalise(shown.Email);
        var account = Account.Of(email, await store.FindReservation("email", email, cancel));
        var holds = await Holds(account, shown.Password, cancel, isStranger: !recent.Knows(visit.From));
        var (user, locked) = (await Active(account), await Grain(account).IsLocked());
        var proof = !holds || locked || user is null
            ? LoginProof.None
            : await WithCode(user, CodeText.Read(shown.Code), visit.Correlation, cancel);
        if (proof == LoginProof.None) await Fail(account, visit.Correlation);
        return proof;
    }

    /// <summary>Whether a user who is logged in knows the own password. Failures count as those of logins do.</summary>
    public async Task<bool> Knows(TenantId tenant, Guid user, string password, string correlation, CancellationToken cancel)
    {
        var account = new Account(tenant, user, IsUser: true);
        var (holds, locked) = (await Holds(account, password, cancel), await Grain(account).IsLocked());
        if (holds && !locked) return true;
        await Fail(account, correlation);
        return false;
    }

    /// <summary>Whether a user who is logged in has a code of the own second factor that no login has used.</summary>
    /// <remarks>Failures count as those of logins do.</remarks>
    public async Task<bool> Shows(UserView user, string code, string correlation, CancellationToken cancel)
    {
        var account = AccountOf(user);
        var (locked, used) = (await Grain(account).IsLocked(), (await Grain(account).Get())?.LastStep ?? 0);
        if (!locked && await factors.Check(user, code, correlation, cancel) is { } shown && (shown.Step ?? long.MaxValue) > used)
            return true;
        await Fail(account, correlation);
        return false;
    }

    /// <summary>Stores that a session begins; false where the account was locked since, or the code was used by another login.</summary>
    /// <exception cref="StoreUnavailableException">It is not known to be stored.</exception>
    public async Task<bool> Enter(LoginProof proof, Guid session, Visit visit)
    {
        var user = proof.User!;
        var account = AccountOf(user);
        var outcome = await Store(account, new Succeed(session, proof.Step), Command(user.Id, visit.Correlation));
        switch (outcome.Kind)
        {
            case OutcomeKind.Done:
                metrics.Succeeded();
                recent.Note(visit.From);
                return true;
            case OutcomeKind.Refused:
                await Fail(account, visit.Correlation);
                return false;
            default:
                throw new StoreUnavailableException($"A login could not be stored: {outcome.Kind}.");
        }
    }

    /// <summary>The tenant of a user.</summary>
    public static TenantId TenantOf(UserView user) => user.CompanyId is { } company ? new TenantId(company) : TenantId.Platform;

    private async Task<LoginProof> WithCode(UserView user, string? code, string correlation, CancellationToken cancel)
    {
        if (!user.HasSecondFactor) return new LoginProof(user);
        if (code is null) return LoginProof.Incomplete;
        return await factors.Check(user, code, correlation, cancel) is { } shown ? new LoginProof(user, shown.Step) : LoginProof.None;
    }

    private async Task<bool> Holds(Account account, string password, CancellationToken cancel, bool isStranger = false) =>
        await passwords.Check(
            await store.FindSecret(account.Tenant, account.Id, UserSecrets.Password, cancel), password, cancel, isStranger);

    private async Task<UserView?> Active(Account account)
    {
        CallerTenant.Set(account.Tenant.Value);
        return await grains.GetGrain<IUserGrain>(GrainKey.For(account.Tenant.Value, account.Id)).Get() is { IsActive: true } user
            ? user
            : null;
    }

    private async Task Fail(Account account, string correlation)
    {
        var locked = await Grain(account).Fail(new FailedLogin(account.IsUser, Command(account.Id, correlation)));
        metrics.Failed(account.IsUser, locked);
    }

    // Another activation may have been first: it is asked again, under the same command.
    private async Task<Outcome<LoginView>> Store(Account account, Succeed command, CommandContext context)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await Grain(account).Succeed(command, context);
            if (outcome.Kind != OutcomeKind.Conflict || attempt == Attempts) return outcome;
            context = context with { MayHaveHappened = true };
        }
    }

    private static Account AccountOf(UserView user) => new(TenantOf(user), user.Id, IsUser: true);

    private ILoginGrain Grain(Account account)
    {
        CallerTenant.Set(account.Tenant.Value);
        return grains.GetGrain<ILoginGrain>(GrainKey.For(account.Tenant.Value, account.Id));
    }

    private CommandContext Command(Guid user, string correlation) =>
        new(Guid.CreateVersion7(time.GetUtcNow()), user.ToString(), correlation);
}
