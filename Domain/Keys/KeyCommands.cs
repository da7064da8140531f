using Orleans;

namespace Tms.Domain.Keys;

/// <summary>What can be asked of a signing key.</summary>
[GenerateSerializer, Immutable, Alias("tms.keys.command")]
public abstract record KeyCommand;

/// <summary>Has every node take no token of the key any more.</summary>
/// <param name="Kid">Its name in tokens.</param>
[GenerateSerializer, Immutable, Alias("tms.keys.withdraw")]
public sealed record WithdrawKey([property: Id(0)] string Kid) : KeyCommand;
