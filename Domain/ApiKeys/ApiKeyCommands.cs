using System.Collections.Immutable;
using Orleans;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>What can be asked of an API key.</summary>
[GenerateSerializer, Immutable, Alias("tms.api-keys.command")]
public abstract record ApiKeyCommand;

/// <summary>Makes a key.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do: at least one, and nothing that its maker may not.</param>
/// <param name="Hash">SHA-256 of its secret, which is random; stored beside the event, never in it.</param>
/// <param name="By">Who makes it.</param>
[GenerateSerializer, Immutable, Alias("tms.api-keys.create")]
public sealed record CreateApiKey(
    [property: Id(0)] Guid KeyId,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<Permission> Scopes,
    [property: Id(3)] byte[] Hash,
    [property: Id(4)] Actor By) : ApiKeyCommand, ICreate;

/// <summary>Ends a key for good.</summary>
[GenerateSerializer, Immutable, Alias("tms.api-keys.revoke")]
public sealed record RevokeApiKey : ApiKeyCommand;
