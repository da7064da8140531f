using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Logins;

/// <summary>The rules of logins: five failures in a row lock for a quarter of an hour, and a second factor's code holds once.</summary>
public sealed class LoginDecider : IDecider<Login, LoginCommand, LoginEvent>
{
    /// <summary>How many failures in a row lock.</summary>
    public const int MaxFailures = 5;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly LoginDecider Instance = new();

    private static readonly Refusal Locked = Refusal.State("login_locked", "Too many attempts have failed.");

    private static readonly Refusal CodeUsed = Refusal.State("code_used", "This code has been used.");

    private LoginDecider()
    {
    }

    /// <inheritdoc />
    public string StreamType => "logins";

    /// <inheritdoc />
    public Login Initial => Login.Initial;

    /// <inheritdoc />
    public int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<Login> SnapshotJson => LoginJson.Default.Login;

    /// <inheritdoc />
    public Decision<LoginEvent> Decide(Login state, LoginCommand command, DateTimeOffset now) => command switch
    {
        Succeed when state.IsLocked(now) => Decision.Refuse<LoginEvent>(Locked),
        Succeed { Step: { } step } when step <= state.LastStep => Decision.Refuse<LoginEvent>(CodeUsed),
        Succeed success => Decision.Of<LoginEvent>(new UserLoggedIn(success.SessionId, success.Step)),
        LockOut when state.IsLocked(now) => Decision.Nothing<LoginEvent>(),
        LockOut lockOut => Decision.Of<LoginEvent>(new UserLoginFailed(lockOut.Failures, now + LockedFor)),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of logins."),
    };

    /// <inheritdoc />
    public Login Evolve(Login state, LoginEvent e, EventFacts facts) => Apply(state, e, facts.At) with { Id = facts.StreamId, Version = facts.Version };

    private static Login Apply(Login state, LoginEvent e, DateTimeOffset at) => e switch
    {
        UserLoggedIn login => state with { LastLoginAt = at, LockedUntil = null, LastStep = login.Step ?? state.LastStep },
        UserLoginFailed failed => state with { LockedUntil = failed.LockedUntil },
        _ => state,
    };
}
