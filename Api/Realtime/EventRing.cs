using System.Numerics;

namespace Tms.Api.Realtime;

/// <summary>
/// The latest events of one company, without gaps, bounded in number and bytes. One writer, any number of readers, no lock.
/// </summary>
internal sealed class EventRing
{
    private readonly LiveEvent?[] _slots;
    private readonly long _maxBytes;
    private readonly LiveMemory _memory;
    private long _first = 1;
    private long _head;
    private long _bytes;

    /// <summary>An empty ring after sequence 0.</summary>
    public EventRing(int capacity, long maxBytes, LiveMemory memory)
    {
        _memory = memory;
        _slots = new LiveEvent?[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _maxBytes = maxBytes;
    }

    /// <summary>How many events it can hold.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Bytes that its events take, about.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The last sequence; every event up to it is here or in the log.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>The event with a sequence; null when it has left the ring, or is not there yet.</summary>
    public LiveEvent? Find(long sequence) =>
        Volatile.Read(ref Slot(sequence)) is { } found && found.Sequence == sequence ? found : null;

    /// <summary>Adds the event that follows the head.</summary>
    public void Append(LiveEvent e)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(e.Sequence, _head + 1);
        while (_first <= _head && IsFull(e.Bytes))
        {
            DropFirst();
        }

        _memory.Take(e.Bytes);
        Volatile.Write(ref _bytes, _bytes + e.Bytes);
        Volatile.Write(ref Slot(e.Sequence), e);
        Volatile.Write(ref _head, e.Sequence);
    }

    /// <summary>Forgets all events and continues after a sequence.</summary>
    public void StartAfter(long sequence)
    {
        while (_first <= _head)
        {
            DropFirst();
        }

        _first = sequence + 1;
        Volatile.Write(ref _head, sequence);
    }

    private bool IsFull(int more) =>
        _head - _first + 1 == _slots.Length || _bytes + more > _maxBytes || !_memory.HasRoomFor(more);

    private void DropFirst()
    {
        ref var slot = ref Slot(_first++);
        _memory.GiveBack(slot!.Bytes);
        Volatile.Write(ref _bytes, _bytes - slot.Bytes);
        Volatile.Write(ref slot, null);
    }

    private ref LiveEvent? Slot(long sequence) => ref _slots[sequence & (_slots.Length - 1)];
}
