using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;

namespace Tms.Grains.Users;

/// <summary>Erases persons where no cluster runs: the same decision and the same unit as the grain's, straight into the log.</summary>
public sealed class PersonErasure(AggregateServices services)
{
    private const string Name = "erasures";

    // Nobody's id: the rule that nobody erases oneself is not meant here.
    private static readonly EraseUser Command = new(new Actor(Guid.Empty, Role.Admin));

    /// <summary>Erases a person of a tenant.</summary>
    /// <exception cref="StoreUnavailableException">It is not known to be done.</exception>
    public async Task<PersonState> Erase(TenantId tenant, Guid person)
    {
        var log = new AggregateLog<User, UserCommand, UserEvent>(UserDecider.Instance, services, tenant, person);
        var user = await log.Load();
        var decision = UserDecider.Instance.Decide(user.State, Command, services.Time.GetUtcNow());
        if (decision is not Decision<UserEvent>.Accepted accepted) return PersonState.Unknown;
        if (accepted.Events.Count == 0) return PersonState.ErasedBefore;

        var units = new UnitMaker<UserEvent>(services, tenant, log.Stream);
        var (unit, _) =
            await units.Make(accepted, user.Version, new CommandContext(Guid.CreateVersion7(services.Time.GetUtcNow()), Name, Name), null);
        if (await services.Writer.Append(unit) is not AppendResult.Appended)
            throw new StoreUnavailableException($"Somebody else writes about {person}: stop everything first.");

        units.Forget(unit);
        return PersonState.Erased;
    }
}

/// <summary>What became of a person that was to be erased.</summary>
public enum PersonState
{
    /// <summary>There is no such user in this log.</summary>
    Unknown,

    /// <summary>The person was erased before.</summary>
    ErasedBefore,

    /// <summary>The person is erased now.</summary>
    Erased,
}
