using Tms.Domain.Users;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Hosting;

namespace Tms.Grains.Users;

[GrainType("user")]
internal sealed class UserGrain(AggregateServices services)
    : DeciderGrain<User, UserCommand, UserEvent, UserView>(UserDecider.Instance, services), IUserGrain
{
    protected override UserView View(User state) => UserView.Of(state);
}
