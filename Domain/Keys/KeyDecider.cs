using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Keys;

/// <summary>The rules of signing keys: one is withdrawn once, whoever asks again.</summary>
public sealed class KeyDecider : IDecider<KeyState, KeyCommand, KeyEvent>
{
    /// <summary>Kind of the streams of signing keys.</summary>
    public const string Stream = "signing-keys";

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly KeyDecider Instance = new();

    private KeyDecider()
    {
    }

    /// <inheritdoc />
    public string StreamType => Stream;

    /// <inheritdoc />
    public KeyState Initial => KeyState.Initial;

    /// <inheritdoc />
    public int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<KeyState> SnapshotJson => KeyJson.Default.KeyState;

    /// <inheritdoc />
    public Decision<KeyEvent> Decide(KeyState state, KeyCommand command, DateTimeOffset now) => command switch
    {
        WithdrawKey when state.IsWithdrawn => Decision.Nothing<KeyEvent>(),
        WithdrawKey withdraw => Decision.Of<KeyEvent>(new SigningKeyWithdrawn(withdraw.Kid)),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of a signing key."),
    };

    /// <inheritdoc />
    public KeyState Evolve(KeyState state, KeyEvent e, EventFacts facts) => state with { Id = facts.StreamId, Version = facts.Version };
}
