using Tms.Domain.Logins;
using Tms.Grains.Abstractions.Logins;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;

namespace Tms.Grains.Logins;

/// <summary>Counts failures in memory, for a quarter of an hour after the last one, and stores only locks and logins.</summary>
/// <remarks>
/// The fifth failure is answered before its lock is stored: else the time of that commit would tell a user from an address that nobody has.
/// Calls come one after the other, so that of many guesses at once no more than five count.
/// </remarks>
[GrainType("login"), CollectionAgeLimit(Minutes = 15)]
internal sealed class LoginGrain(AggregateServices services)
    : DeciderGrain<Login, LoginCommand, LoginEvent, LoginView>(LoginDecider.Instance, services), ILoginGrain
{
    private readonly TimeProvider _time = services.Time;
    private int _failures;
    private DateTimeOffset _lockedUntil = DateTimeOffset.MinValue;
    private CommandContext? _unstored;

    public Task<bool> IsLocked() => Task.FromResult(Locked());

    public Task<bool> Fail(FailedLogin attempt)
    {
        if (Locked() || ++_failures < LoginDecider.MaxFailures) return Task.FromResult(false);
        (_failures, _lockedUntil) = (0, _time.GetUtcNow() + LoginDecider.LockedFor);
        if (!attempt.IsUser) return Task.FromResult(true);
        _unstored = attempt.Context;
        this.AsReference<ILoginGrain>().StoreLock().Ignore();
        return Task.FromResult(true);
    }

    public async Task<Outcome<LoginView>> Succeed(Succeed command, CommandContext context)
    {
        await StoreLock();
        var outcome = await Execute(command, context);
        if (outcome.Kind == OutcomeKind.Done) _failures = 0;
        return outcome;
    }

    public async Task StoreLock()
    {
        if (_unstored is not { } context) return;
        await Execute(new LockOut(LoginDecider.MaxFailures), context);
        _unstored = null;
    }

    protected override LoginView View(Login state) => new(state.Id, state.LastLoginAt, state.LockedUntil, state.Version, state.LastStep);

    private bool Locked() => _time.GetUtcNow() is var now && (now < _lockedUntil || Current.IsLocked(now));
}
