using Tms.Domain.Shared;

namespace Tms.Domain.Keys;

/// <summary>The rules of signing keys: one is withdrawn once, whoever asks again.</summary>
public sealed class KeyDecider() : Decider<KeyState, KeyCommand, KeyEvent>(Stream, "signing key", KeyJson.Default.KeyState)
{
    /// <summary>Kind of the streams of signing keys.</summary>
    public const string Stream = "signing-keys";

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly KeyDecider Instance = new();

    /// <inheritdoc />
    protected override Decision<KeyEvent> On(KeyState state, KeyCommand command, DateTimeOffset now) => command switch
    {
        WithdrawKey when state.IsWithdrawn => Decision.Nothing<KeyEvent>(),
        WithdrawKey withdraw => Decision.Of<KeyEvent>(new SigningKeyWithdrawn(withdraw.Kid)),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override KeyState Apply(KeyState state, KeyEvent e, EventFacts facts) => e switch
    {
        // That there is one event says it all.
        SigningKeyWithdrawn => state,
        _ => throw Decider.Unknown(e),
    };

    /// <inheritdoc />
    protected override bool IsCreated => false;
}
