using System.Collections.Immutable;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>What has happened to an API key.</summary>
public abstract record ApiKeyEvent;

/// <summary>API_KEY_CREATED.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do, in the order of <see cref="Permission"/>.</param>
public sealed record ApiKeyCreated(string Name, ImmutableArray<Permission> Scopes) : ApiKeyEvent;

/// <summary>API_KEY_REVOKED.</summary>
public sealed record ApiKeyRevoked : ApiKeyEvent;
