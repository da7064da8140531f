using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>The rules of API keys: one never may more than who made it, and ends once.</summary>
public sealed class ApiKeyDecider : IDecider<ApiKey, ApiKeyCommand, ApiKeyEvent>
{
    /// <summary>Longest name.</summary>
    public const int MaxName = 100;

    /// <summary>Kind of the secret that a key is checked with.</summary>
    public const string Secret = "api-key";

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly ApiKeyDecider Instance = new();

    private ApiKeyDecider()
    {
    }

    /// <inheritdoc />
    public string StreamType => "api-keys";

    /// <inheritdoc />
    public ApiKey Initial => ApiKey.Initial;

    /// <inheritdoc />
    public int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<ApiKey> SnapshotJson => ApiKeyJson.Default.ApiKey;

    /// <summary>All faults of a key; empty: none.</summary>
    public static IReadOnlyList<Refusal> Check(string name, ImmutableArray<Permission> scopes, Role maker)
    {
        var faults = new Faults();
        faults.Required("name", name, MaxName);
        faults.Unless(!scopes.IsDefaultOrEmpty, "scopes", "required", "It must have at least one scope.");
        faults.Unless(scopes.IsDefault || scopes.All(scope => scope.IsForKeys() && maker.May(scope)), "scopes", "scope_not_allowed", "No key has this scope, or you do not have it yourself.");
        return faults.Found;
    }

    /// <inheritdoc />
    public Decision<ApiKeyEvent> Decide(ApiKey state, ApiKeyCommand command, DateTimeOffset now) => command switch
    {
        CreateApiKey create => Create(state, create),
        _ when !state.Exists => Decision.Refuse<ApiKeyEvent>(Refusal.NotFound("API key")),
        RevokeApiKey when state.RevokedAt is not null => Decision.Nothing<ApiKeyEvent>(),
        RevokeApiKey => new Decision<ApiKeyEvent>.Accepted([new ApiKeyRevoked()]) { Secrets = [new(state.Id, Secret, null)], Notices = [new ApiKeyEnded(state.Id)] },
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of an API key."),
    };

    /// <inheritdoc />
    public ApiKey Evolve(ApiKey state, ApiKeyEvent e, EventFacts facts) => Apply(state, e, facts.At) with
    {
        Id = facts.StreamId,
        Version = facts.Version,
        CreatedAt = state.Exists ? state.CreatedAt : facts.At,
    };

    private static ApiKey Apply(ApiKey state, ApiKeyEvent e, DateTimeOffset at) => e switch
    {
        ApiKeyCreated created => state with { Name = created.Name, Scopes = created.Scopes },
        ApiKeyRevoked => state with { RevokedAt = at },
        _ => state,
    };

    private static Decision<ApiKeyEvent> Create(ApiKey state, CreateApiKey command)
    {
        if (Check(command.Name, command.Scopes, command.By.Role) is [_, ..] faults) return Decision.Refuse<ApiKeyEvent>(faults);
        if (state.Exists) return Decision.Refuse<ApiKeyEvent>(Refusal.State("already_exists", "There is another key with this id."));

        return new Decision<ApiKeyEvent>.Accepted([new ApiKeyCreated(command.Name, [.. command.Scopes.Distinct().Order()])])
        {
            Secrets = [new(command.KeyId, Secret, command.Hash)],
        };
    }
}
