using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Customers;

/// <summary>The events of customers by stable name: whoever may read customers sees them.</summary>
internal static class CustomerEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        Type("CUSTOMER_CREATED", CustomerJson.Default.CustomerCreated, static e => CustomerPayload.Of(e.Number, e.Input)),
        Type("CUSTOMER_UPDATED", CustomerJson.Default.CustomerUpdated, static e => CustomerPayload.Of(e.Number, e.Input)),
        Type("CUSTOMER_ARCHIVED", CustomerJson.Default.CustomerArchived, static e => new CustomerPayload(e.Number, e.Name)),
    ];

    private static EventType<T> Type<T>(string name, JsonTypeInfo<T> json, Func<T, CustomerPayload> payload)
        where T : CustomerEvent =>
        EventType.Of(name, 1, json).VisibleTo(Permission.EconomyRead, payload, CustomerJson.Default.CustomerPayload);
}
