using Tms.EventStore;

namespace Tms.Grains.Tests.Support;

/// <summary>Turns that a test gives and takes.</summary>
internal sealed class GivenTurns : ITurns
{
    public bool Held { get; set; } = true;

    public Counted Asked { get; } = new();

    public ValueTask<bool> Try(string work, string kind, CancellationToken cancel)
    {
        var held = Held;
        Asked.Add();
        return new(held);
    }
}
