using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>Erases persons: once it has answered, this node serves nothing of them any more, and the others within two seconds.</summary>
public sealed class Erasures(
    IGrainFactory grains, IDatabase database, PersonKeys keys, IRevocations revocations, IBlobStore blobs, IErasedData remains)
{
    private const string Erased = "USER_ERASED";

    /// <summary>Erases a person of a tenant. Everything of it may be done again, and is where an earlier attempt ended half-way.</summary>
    public async Task<Outcome<UserView>> Erase(TenantId tenant, Guid person, Actor by, CommandContext context, CancellationToken cancel)
    {
        var outcome = await revocations.Heeding(
            grains.GetGrain<IUserGrain>(GrainKey.For(tenant.Value, person)).Send(new EraseUser(by), context), cancel);
        if (outcome.View is not { IsErased: true }) return outcome;
        keys.Forget();
        await database.Execute(
            "delete from sessions where tenant = @tenant and user_id = @user", cancel, ("tenant", tenant.Value), ("user", person));
        await blobs.Forget(tenant, person, cancel);
        await grains.GetGrain<IPersonTracesGrain>(GrainKey.For(tenant.Value, person)).Forget();
        await remains.Overwrite(cancel);
        return outcome;
    }

    /// <summary>When a person was erased, by its own events; null: never.</summary>
    public static DateTimeOffset? ErasedAt(IEnumerable<RecordedEvent> events) => events.FirstOrDefault(e => e.Type == Erased)?.Time;
}
