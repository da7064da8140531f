using System.Buffers.Binary;
using System.Globalization;

namespace Tms.EventStore;

/// <summary>The boundary of isolation: a company, or the platform. Part of every key and of every row's key.</summary>
/// <param name="Value">The company's id (UUID v7), or <see cref="Platform"/>'s reserved id.</param>
public readonly record struct TenantId(Guid Value)
{
    /// <summary>How many partitions the log has. Fixed for the life of a store: rows carry their partition.</summary>
    public const int Partitions = 32;

    /// <summary>What belongs to no company: administrators and their logins, unique e-mail addresses, announcements.</summary>
    public static readonly TenantId Platform = new(new Guid("00000000-0000-0000-0000-000000000001"));

    /// <summary>The partition (0 … 31) that keeps this tenant's events; the same on every node, for ever.</summary>
    public int Partition
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            var mixed =
                (BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])) * 0x9E3779B97F4A7C15UL;
            return (int)(mixed >> 59);
        }
    }

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>The ordered events of one aggregate.</summary>
/// <param name="Type">Plural lower-case name of the kind, e.g. <c>invoices</c>; also the first half of an event's <c>subject</c>.</param>
/// <param name="Id">The aggregate's id.</param>
public readonly record struct StreamName(string Type, Guid Id)
{
    /// <summary><c>invoices/0190…</c>.</summary>
    public override string ToString() => $"{Type}/{Id}";
}

/// <summary>Number of events in a stream: empty 0, the first event makes 1. It is the ETag on the wire.</summary>
/// <param name="Value">0 or more.</param>
public readonly record struct StreamVersion(int Value)
{
    /// <summary>The version of a stream that has no events.</summary>
    public static readonly StreamVersion Empty = new(0);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The tenant's own count of its events: 1, 2, 3 … without gaps; <c>position</c> on the wire.</summary>
/// <param name="Value">0 before the first event.</param>
public readonly record struct CompanySequence(long Value)
{
    /// <summary>Before the first event.</summary>
    public static readonly CompanySequence Start = new(0);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Place in the order of the whole store. Grows in commit order within a partition, with holes.</summary>
/// <param name="Value">0 before the first event.</param>
public readonly record struct GlobalPosition(long Value)
{
    /// <summary>Before the first event.</summary>
    public static readonly GlobalPosition Start = new(0);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
