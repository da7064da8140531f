using Tms.Domain.Keys;
using Tms.Grains.Abstractions.Keys;
using Tms.Grains.Hosting;

namespace Tms.Grains.Keys;

// Asked once, when it is withdrawn: not worth keeping in memory.
[GrainType("signingkey")]
internal sealed class KeyGrain(AggregateServices services)
    : DeciderGrain<KeyState, KeyCommand, KeyEvent, KeyView>(KeyDecider.Instance, services), IKeyGrain
{
    protected override KeyView View(KeyState state) => new(state.Id);
}
