namespace Tms.EventStore.Lanes;

/// <summary>The units of a lane that have no answer yet, in whichever queue they wait, by number and bytes. Beyond its bounds a lane takes no more.</summary>
internal sealed class LaneLoad(EventStoreOptions options)
{
    private readonly Lock _gate = new();
    private int _units;
    private long _bytes;

    /// <summary>How many units have no answer yet.</summary>
    public int Units
    {
        get
        {
            lock (_gate) return _units;
        }
    }

    /// <summary>Takes a unit in; false where too many, or too large ones, have no answer yet. An empty lane takes any unit.</summary>
    public bool TryEnter(PendingUnit pending)
    {
        lock (_gate)
        {
            if (_units > 0 && (_units >= options.MaxQueue || _bytes + pending.Bytes > options.MaxQueueBytes)) return false;
            _units++;
            _bytes += pending.Bytes;
            return true;
        }
    }

    /// <summary>Lets go of a unit that was taken in and has its answer.</summary>
    public void Leave(PendingUnit pending)
    {
        lock (_gate)
        {
            _units--;
            _bytes -= pending.Bytes;
        }
    }
}
