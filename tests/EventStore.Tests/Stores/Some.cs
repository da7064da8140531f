using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tms.EventStore.Tests.Stores;

/// <summary>Values for tests in which only what is named matters.</summary>
internal static class Some
{
    public static byte[] Metadata { get; } = Encoding.UTF8.GetBytes("""{"actor":"Åse"}""");

    public static TenantId Tenant() => new(Guid.CreateVersion7());

    /// <summary>A tenant whose events are kept in the given partition.</summary>
    public static TenantId TenantIn(int partition)
    {
        var tenant = Tenant();
        while (tenant.Partition != partition) tenant = Tenant();
        return tenant;
    }

    public static StreamName Stream(string type = "orders") => new(type, Guid.CreateVersion7());

    public static EventData Event(int amount = 1) => Event(Bytes($$"""{"amount":{{amount.ToString(CultureInfo.InvariantCulture)}}}"""));

    public static EventData Event(byte[] data) => new(Guid.CreateVersion7(), "ORDER_CHANGED", 1, data);

    public static EventData[] Events(int count) => [.. Enumerable.Range(1, count).Select(Event)];

    /// <summary>A unit of one stream; without events given, of one event.</summary>
    public static AppendUnit Unit(TenantId tenant, StreamName stream, int expected = 0, params EventData[] events) =>
        Unit(tenant, On(tenant, stream, expected, events));

    public static AppendUnit Unit(TenantId tenant, params StreamAppend[] streams) => new() { Tenant = tenant, Streams = streams, Metadata = Metadata };

    /// <summary>New events of a stream; without events given, one.</summary>
    public static StreamAppend On(TenantId tenant, StreamName stream, int expected = 0, params EventData[] events) =>
        new(tenant, stream, new(expected), events.Length > 0 ? events : [Event()]);

    /// <summary>A unit whose only event carries the next number of a series.</summary>
    public static AppendUnit Drawing(TenantId tenant, StreamName stream, string series, int expected = 0) =>
        Drawing(tenant, stream, expected, new(series, Numbered(Guid.CreateVersion7())));

    public static AppendUnit Drawing(TenantId tenant, StreamName stream, int expected, NumberDraw draw) =>
        Unit(tenant, new StreamAppend(tenant, stream, new(expected), [])) with { Draw = draw };

    /// <summary>Makes the event with this id of a number.</summary>
    public static Func<long, IReadOnlyList<EventData>> Numbered(Guid id) =>
        number => [new(id, "ORDER_NUMBERED", 1, Bytes($$"""{"number":{{number.ToString(CultureInfo.InvariantCulture)}}}"""))];

    public static CommandKey Key(string key, string says = "this") => new(SHA256.HashData(Bytes(key)), SHA256.HashData(Bytes(says)));

    /// <summary>An e-mail address that nobody has, as reserved by a new owner.</summary>
    public static Reservation Email(TenantId tenant, string? address = null) =>
        new("email", address ?? $"{Guid.CreateVersion7():n}@example.no", tenant, Guid.CreateVersion7());

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
