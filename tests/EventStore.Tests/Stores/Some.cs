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

    public static AppendUnit Unit(TenantId tenant, params StreamAppend[] streams) =>
        new() { Tenant = tenant, Streams = streams, Metadata = Metadata };

    /// <summary>New events of a stream; without events given, one.</summary>
    public static StreamAppend On(TenantId tenant, StreamName stream, int expected = 0, params EventData[] events) =>
        new(tenant, stream, new(expected), events.Length > 0 ? events : [Event()]);

    /// <summary>A unit whose only event carries the next number of a series.</summary>
    public static AppendUnit Drawing(TenantId tenant, StreamName stream, string series, int expected = 0) =>
        Drawing(tenant, [series], Outline(tenant, stream, expected));

    /// <summary>A unit whose first event carries a number of each series; all the others carry them too.</summary>
    public static AppendUnit Drawing(TenantId tenant, string[] series, params StreamAppend[] streams)
    {
        EventData[] events = [.. streams.SelectMany(s => s.Events)];
        return Unit(tenant, streams) with { Draw = new(series, numbers => [.. events.Select(e => e with { Data = Numbered(numbers) })]) };
    }

    /// <summary>Events of a stream that get their numbers when they are stored.</summary>
    public static StreamAppend Outline(TenantId tenant, StreamName stream, int expected = 0, int count = 1) =>
        new(
            tenant, stream, new(expected),
            [.. Enumerable.Range(0, count).Select(_ => new EventData(Guid.CreateVersion7(), "ORDER_NUMBERED", 1, default))]);

    private static byte[] Numbered(IReadOnlyList<long> numbers) => Bytes($$"""{"number":{{string.Join(',', numbers)}}}""");

    public static CommandKey Key(string key, string says = "this") => new(SHA256.HashData(Bytes(key)), SHA256.HashData(Bytes(says)));

    /// <summary>An e-mail address that nobody has, as reserved by a new owner.</summary>
    public static Reservation Email(TenantId tenant, string? address = null) =>
        new("email", address ?? $"{Guid.CreateVersion7():n}@example.no", tenant, Guid.CreateVersion7());

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
