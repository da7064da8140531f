using System.Text;

namespace Tms.EventStore.Tests.Values;

/// <summary>Two events whose hashes are written down: they must come out the same on every database, for ever.</summary>
internal static class Golden
{
    public static TenantId Tenant { get; } = new(new Guid("0190a8b4-7c00-7aaa-8bbb-0123456789ab"));

    public static DateTimeOffset Time { get; } = new(2026, 1, 31, 23, 59, 58, 123, 456, TimeSpan.Zero);

    /// <summary>Made with another implementation of the rule in <see cref="HashChain"/>'s remarks.</summary>
    public static string[] Hashes { get; } =
    [
        "41718379e259b5084d3233e4b8d973f21208ac43b63b581b034e04748e3799ed",
        "4f8047f7062c11de56721c130c780d33279b7e9058623e22cad008abe67b7207",
    ];

    public static AppendUnit Unit { get; } = new()
    {
        Tenant = Tenant,
        Metadata = Encoding.UTF8.GetBytes("""{"actor":"Åse","correlationId":"c-1"}"""),
        Streams =
        [
            new(Tenant, new("invoices", new Guid("0190a8b4-7c01-7000-8000-00000000cafe")), StreamVersion.Empty,
            [
                new(
                    new Guid("0190a8b4-7c02-7000-8000-000000000001"), "INVOICE_CREATED", 1,
                    Encoding.UTF8.GetBytes("""{"text":"Blåbær 🚚","øre":12345}""")),
                new(new Guid("0190a8b4-7c02-7000-8000-000000000002"), "INVOICE_SENT", 3, Encoding.UTF8.GetBytes("{}")),
            ]),
        ],
    };

    /// <summary>The unit's events as the log holds them.</summary>
    public static IEnumerable<RecordedEvent> Recorded { get; } = Unit.Streams[0].Events.Select((e, i) => new RecordedEvent
    {
        Position = new(i + 1),
        Tenant = Tenant,
        Sequence = new(i + 1),
        Stream = Unit.Streams[0].Stream,
        Version = new(i + 1),
        Id = e.Id,
        Type = e.Type,
        SchemaVersion = e.SchemaVersion,
        TimeMicros = Micros.Of(Time),
        Data = e.Data,
        Metadata = Unit.Metadata,
        Hash = [],
    });
}
