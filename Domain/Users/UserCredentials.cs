using Tms.Domain.Access;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What a user logs in with: address, password, second factor. The secrets themselves are kept beside the events.</summary>
internal static class UserCredentials
{
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan EmailLifetime = TimeSpan.FromDays(1);

    // A token with less than this left is not worth another mail: a new one takes its place.
    private static readonly TimeSpan WorthMailing = TimeSpan.FromMinutes(10);

    // Whoever asks again within this time gets no second mail: the first one is on its way.
    private static readonly TimeSpan MailPause = TimeSpan.FromMinutes(2);

    private static readonly Refusal InvalidToken = Refusal.Invalid(
        "/token", UserCodes.InvalidToken, "The token has been used, has expired or was never sent: ask for a new one.");

    private static readonly Refusal Enabled = Refusal.State(
        UserCodes.SecondFactorEnabled, "The second factor is enabled already: disable it first.");

    private static readonly Refusal EmailShown = Refusal.State(UserCodes.EmailShown, "The user has shown that the address is theirs.");

    private static readonly Refusal NoCode = Refusal.State(UserCodes.RecoveryCodeUsed, "This code has been used.");

    public static Decision<UserEvent> ChangePassword(User state, ChangePassword command) =>
        Decide(state, command.PasswordHash, new(ByToken: false, command.Session));

    // A token that holds is mailed again: strangers who ask in the user's name cannot make the mail worthless that the user reads.
    public static Decision<UserEvent> RequestPasswordReset(User state, DateTimeOffset now) => state.PasswordReset switch
    {
        { } token when IsUnderWay(token, now) => Decision.Nothing<UserEvent>(),
        { } token when now + WorthMailing <= token.ValidUntil =>
            Decision.Of<UserEvent>(new UserPasswordResetRequested(token.ValidUntil) { Again = token.Request }),
        _ => Decision.Of<UserEvent>(new UserPasswordResetRequested(now + ResetLifetime)),
    };

    public static Decision<UserEvent> ResetPassword(User state, ResetPassword command, DateTimeOffset now) =>
        Holds(state.PasswordReset, command.Request, now)
        ? Decide(state, command.PasswordHash, new(ByToken: true))
        : Decision.Refuse<UserEvent>(InvalidToken);

    public static Decision<UserEvent> RequestEmailChange(User state, string email, DateTimeOffset now)
    {
        var wanted = Email.Normalise(email);
        var faults = new Faults();
        faults.Email(wanted);
        if (faults.Found is [var fault, ..]) return Decision.Refuse<UserEvent>(fault);

        // The own address once more: a user who has not shown that it is theirs may do so.
        return (wanted == state.Email && state.IsEmailShown) || (wanted == state.NewEmail && IsUnderWay(state.EmailChange, now))
            ? Decision.Nothing<UserEvent>()
            : Decision.Of<UserEvent>(new UserEmailChangeRequested(wanted, now + EmailLifetime));
    }

    public static Decision<UserEvent> ConfirmEmailChange(User state, int request, DateTimeOffset now) =>
        Holds(state.EmailChange, request, now)
        ? new Decision<UserEvent>.Accepted([new UserEmailChanged(state.NewEmail!)])
        {
            Unique = [Registration.UniqueOf(state.NewEmail!, state.Id)],
            Released = state.NewEmail == state.Email ? [] : [Registration.UniqueOf(state.Email, state.Id)],
        }
        : Decision.Refuse<UserEvent>(InvalidToken);

    /// <summary>
    /// Gives the address up, and the login with it, for somebody who has shown to read mail there, which this user never has.
    /// </summary>
    public static Decision<UserEvent> ReleaseEmail(User state) =>
        state.IsEmailShown ? Decision.Refuse<UserEvent>(EmailShown)
        : state.Email.Length == 0 ? Decision.Nothing<UserEvent>()
        : new Decision<UserEvent>.Accepted([new UserEmailChanged(""), new UserStatusChanged(false)])
        {
            Released = [Registration.UniqueOf(state.Email, state.Id)],
            Notices = [new UserAccessChanged(state.Id, state.Version + 2)],
        };

    public static Decision<UserEvent> EnableSecondFactor(User state, EnableSecondFactor command) => state.RecoveryCodes is null
        ? new Decision<UserEvent>.Accepted([new UserSecondFactorEnabled(command.Count)])
        {
            Secrets =
                [new(state.Id, UserSecrets.SecondFactor, command.Secret), new(state.Id, UserSecrets.RecoveryCodes, command.RecoveryCodes)],
        }
        : Decision.Refuse<UserEvent>(Enabled);

    public static Decision<UserEvent> DisableSecondFactor(User state) => state.RecoveryCodes is null
        ? Decision.Nothing<UserEvent>()
        : new Decision<UserEvent>.Accepted([new UserSecondFactorDisabled()])
        {
            Secrets = [new(state.Id, UserSecrets.SecondFactor, null), new(state.Id, UserSecrets.RecoveryCodes, null)],
        };

    public static Decision<UserEvent> UseRecoveryCode(User state, UseRecoveryCode command) => state.RecoveryCodes == command.Left + 1
        ? new Decision<UserEvent>.Accepted([new UserRecoveryCodeUsed(command.Left)])
        {
            Secrets = [new(state.Id, UserSecrets.RecoveryCodes, command.RecoveryCodes)],
        }
        : Decision.Refuse<UserEvent>(NoCode);

    /// <summary>The state after an event of credentials.</summary>
    public static User Apply(User state, UserEvent e, EventFacts facts) => e switch
    {
        UserPasswordChanged changed =>
            Recovered(state, facts, EndsSessions(changed), changed.SessionKept) with
            {
                IsEmailShown = state.IsEmailShown || changed.ByToken,
            },
        UserSessionsEnded => Recovered(state, facts, ends: true),
        UserPasswordResetRequested requested =>
            state with { PasswordReset = new(requested.Again ?? facts.Version, facts.At, requested.ValidUntil) },
        UserEmailChangeRequested requested =>
            state with { EmailChange = new(facts.Version, facts.At, requested.ValidUntil), NewEmail = requested.Email },
        UserEmailChanged changed =>
            state with
            {
                Email = changed.Email,
                IsEmailShown = changed.Email.Length > 0,
                EmailChange = null,
                NewEmail = null,
                PasswordReset = null,
            },
        UserSecondFactorEnabled enabled => state with { RecoveryCodes = enabled.RecoveryCodes },
        UserSecondFactorDisabled => state with { RecoveryCodes = null },
        UserRecoveryCodeUsed used => state with { RecoveryCodes = used.Left },
        _ => throw Decider.Unknown(e),
    };

    /// <summary>
    /// The state after somebody has taken an account back, or away: what was mailed before holds no more, for a thief may have asked for
    /// it.
    /// </summary>
    /// <param name="state">State before.</param>
    /// <param name="facts">What the log says of the event.</param>
    /// <param name="ends">Whether every session of before has ended, too.</param>
    /// <param name="kept">The session that goes on nevertheless.</param>
    public static User Recovered(User state, EventFacts facts, bool ends, Guid? kept = null) =>
        (ends ? End(state, facts, kept) : state) with { PasswordReset = null, EmailChange = null, NewEmail = null };

    // A mailed token ends every session; whoever changes the own password keeps the one in use.
    private static Decision<UserEvent>.Accepted Decide(User state, byte[] hash, UserPasswordChanged changed) => new([changed])
    {
        Secrets = [new(state.Id, UserSecrets.Password, hash)],
        Notices = EndsSessions(changed) ? [new UserAccessChanged(state.Id, state.Version + 1, changed.SessionKept)] : [],
    };

    private static bool EndsSessions(UserPasswordChanged changed) => changed.ByToken || changed.SessionKept is not null;

    // A password changed by its user says nothing of an outside authority's logins.
    private static User End(User state, EventFacts facts, Guid? kept = null) =>
        state with { SessionsFrom = facts.Version, SessionKept = kept, SessionsEndedAt = kept is null ? facts.At : state.SessionsEndedAt };

    private static bool Holds(MailedToken? token, int request, DateTimeOffset now) => token is not null && token.Holds(request, now);

    private static bool IsUnderWay(MailedToken? token, DateTimeOffset now) => token is not null && now < token.SentAt + MailPause;
}
