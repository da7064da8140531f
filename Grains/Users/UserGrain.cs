using Tms.Domain.Users;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Hosting;

namespace Tms.Grains.Users;

[GrainType("user")]
internal sealed class UserGrain(AggregateServices services, ILeaders leaders)
    : DeciderGrain<User, UserCommand, UserEvent, UserView>(UserDecider.Instance, services), IUserGrain
{
    protected override UserView View(User state) => UserView.Of(state);

    protected override async ValueTask<UserCommand> Complete(UserCommand command) =>
        !Leader.IsLostBy(Current, command) ? command : command switch
        {
            ChangeRole change => change with { Remaining = await Remaining(change.By) },
            SetActive set => set with { Remaining = await Remaining(set.By) },
            EraseUser erase => erase with { Remaining = await Remaining(erase.By) },
            _ => command,
        };

    // Read from the log and not asked of their grains: two leaders who act on each other would wait for each other.
    private async Task<Leader?> Remaining(Actor by)
    {
        if (await LeaderOf(by.UserId) is { } actor) return actor;
        foreach (var candidate in await leaders.Find(Tenant, Id))
        {
            if (await LeaderOf(candidate) is { } other) return other;
        }

        return null;
    }

    private async Task<Leader?> LeaderOf(Guid user) =>
        user != Id && await Services.User(Log.Tenant, user) is { } other ? Leader.Of(other) : null;
}
