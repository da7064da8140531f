using Orleans;

namespace Tms.Domain.Logins;

/// <summary>What can be asked of a user's logins.</summary>
[GenerateSerializer, Immutable, Alias("tms.logins.command")]
public abstract record LoginCommand;

/// <summary>Somebody has shown everything that a login needs.</summary>
/// <param name="SessionId">The session that begins.</param>
/// <param name="Step">Time step of the second factor's code, which holds once; null where none was needed.</param>
[GenerateSerializer, Immutable, Alias("tms.logins.succeed")]
public sealed record Succeed([property: Id(0)] Guid SessionId, [property: Id(1)] long? Step = null) : LoginCommand;

/// <summary>Too many have failed in a row.</summary>
/// <param name="Failures">How many.</param>
[GenerateSerializer, Immutable, Alias("tms.logins.lock")]
public sealed record LockOut([property: Id(0)] int Failures) : LoginCommand;
