using Tms.Domain.Shared;

namespace Tms.Domain.Logins;

/// <summary>The rules of logins: five failures in a row lock for a quarter of an hour, and a second factor's code holds once.</summary>
public sealed class LoginDecider() : Decider<Login, LoginCommand, LoginEvent>("logins", "login", LoginJson.Default.Login)
{
    /// <summary>How many failures in a row lock.</summary>
    public const int MaxFailures = 5;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly LoginDecider Instance = new();

    private static readonly Refusal Locked = Refusal.State(LoginCodes.LoginLocked, "Too many attempts have failed.");

    private static readonly Refusal CodeUsed = Refusal.State(LoginCodes.CodeUsed, "This code has been used.");

    /// <inheritdoc />
    protected override Decision<LoginEvent> On(Login state, LoginCommand command, DateTimeOffset now) => command switch
    {
        Succeed when state.IsLocked(now) => Decision.Refuse<LoginEvent>(Locked),
        Succeed { Step: { } step } when step <= state.LastStep => Decision.Refuse<LoginEvent>(CodeUsed),
        Succeed success => Decision.Of<LoginEvent>(new UserLoggedIn(success.SessionId, success.Step)),
        LockOut when state.IsLocked(now) => Decision.Nothing<LoginEvent>(),
        LockOut lockOut => Decision.Of<LoginEvent>(new UserLoginFailed(lockOut.Failures, now + LockedFor)),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override Login Apply(Login state, LoginEvent e, EventFacts facts) => e switch
    {
        UserLoggedIn login => state with { LastLoginAt = facts.At, LockedUntil = null, LastStep = login.Step ?? state.LastStep },
        UserLoginFailed failed => state with { LockedUntil = failed.LockedUntil },
        _ => throw Decider.Unknown(e),
    };

    /// <inheritdoc />
    protected override bool IsCreated => false;
}
