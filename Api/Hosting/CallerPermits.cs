namespace Tms.Api.Hosting;

/// <summary>What this node holds of one caller's permits, and what it knows is left on all nodes.</summary>
/// <remarks>
/// A permit at hand is taken without waiting. Where there is none, one call asks for all requests that wait, so that a node never asks
/// twice at once and always knows what it was given.
/// </remarks>
internal sealed class CallerPermits(PermitWindow window, PermitSource source)
{
    private readonly Lock _gate = new();
    private Task? _asking;
    private int _given;
    private int _used;
    private int _waiting;
    private int _leftElsewhere = window.Limit;
    private bool _exhausted;

    /// <summary>Takes one request.</summary>
    /// <returns>How many are left; negative: this one is too many.</returns>
    public ValueTask<int> Take()
    {
        lock (_gate)
        {
            if (TryTake() is { } left) return new(left);
            _waiting++;
        }

        return new(Wait());
    }

    /// <summary>Gives a request back that was taken: the node's next one has it.</summary>
    public void GiveBack()
    {
        lock (_gate) _used--;
    }

    private async Task<int> Wait()
    {
        while (true)
        {
            Task asking;
            lock (_gate)
            {
                if (TryTake() is { } left)
                {
                    _waiting--;
                    return left;
                }

                asking = _asking ??= Ask();
            }

            await asking;
        }
    }

    // For the holder of the gate.
    private int? TryTake()
    {
        if (_used < _given) return _leftElsewhere + (_given - ++_used);
        return _exhausted ? -1 : null;
    }

    private async Task Ask()
    {
        // Never inside the gate: what follows may take the whole way at once.
        await Task.Yield();
        int had;
        int wanted;
        lock (_gate) (had, wanted) = (_given, _waiting);
        var answer = await source.Take(window, had, wanted);
        lock (_gate)
        {
            _asking = null;
            if (answer is { } granted) Note(granted.Given, granted.Left);
            else CountAlone(wanted);
        }
    }

    private void Note(int given, int left)
    {
        _given += given;
        _leftElsewhere = left;
        _exhausted = given == 0;
    }

    // Later this node is believed to have had them.
    private void CountAlone(int wanted)
    {
        var given = Math.Min(wanted, window.Limit - _given);
        for (var i = 0; i < given; i++) source.CountedAlone();
        Note(Math.Max(0, given), Math.Clamp(_leftElsewhere - given, 0, window.Limit - _given - given));
    }
}
