using System.Collections.Immutable;
using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>The rules of API keys: one never may more than who made it, and ends once.</summary>
public sealed class ApiKeyDecider() : Decider<ApiKey, ApiKeyCommand, ApiKeyEvent>("api-keys", "API key", ApiKeyJson.Default.ApiKey)
{
    /// <summary>Longest name.</summary>
    public const int MaxName = 100;

    /// <summary>Kind of the secret that a key is checked with.</summary>
    public const string Secret = "api-key";

    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly ApiKeyDecider Instance = new();

    /// <summary>All faults of a key; empty: none.</summary>
    public static IReadOnlyList<Refusal> Check(string name, ImmutableArray<Permission> scopes, Role maker)
    {
        var faults = new Faults();
        faults.Required("name", name, MaxName);
        faults.Unless(!scopes.IsDefaultOrEmpty, "scopes", RuleCodes.Required, "It must have at least one scope.");
        faults.Unless(
            scopes.IsDefault || scopes.All(scope => scope.IsForKeys() && maker.May(scope)), "scopes", ApiKeyCodes.ScopeNotAllowed,
            "No key has this scope, or you do not have it yourself.");
        return faults.Found;
    }

    /// <inheritdoc />
    protected override Decision<ApiKeyEvent> On(ApiKey state, ApiKeyCommand command, DateTimeOffset now) => command switch
    {
        CreateApiKey create => Create(create),
        RevokeApiKey when state.RevokedAt is not null => Decision.Nothing<ApiKeyEvent>(),
        RevokeApiKey =>
            new Decision<ApiKeyEvent>.Accepted([new ApiKeyRevoked()])
            {
                Secrets = [new(state.Id, Secret, null)],
                Notices = [new ApiKeyEnded(state.Id)],
            },
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override ApiKey Apply(ApiKey state, ApiKeyEvent e, EventFacts facts) => e switch
    {
        ApiKeyCreated created => state with { Name = created.Name, Scopes = created.Scopes, CreatedBy = created.CreatedBy },
        ApiKeyRevoked => state with { RevokedAt = facts.At },
        _ => throw Decider.Unknown(e),
    };

    private static Decision<ApiKeyEvent> Create(CreateApiKey command)
    {
        if (Check(command.Name, command.Scopes, command.By.Role) is [_, ..] faults) return Decision.Refuse<ApiKeyEvent>(faults);

        return new Decision<ApiKeyEvent>.Accepted(
            [new ApiKeyCreated(command.Name, [.. command.Scopes.Distinct().Order()]) { CreatedBy = command.By.UserId }])
        {
            Secrets = [new(command.KeyId, Secret, command.Hash)],
        };
    }
}
