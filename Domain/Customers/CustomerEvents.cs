using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Customers;

/// <summary>What has happened to a customer.</summary>
public abstract record CustomerEvent;

/// <summary>CUSTOMER_CREATED.</summary>
/// <param name="Number">In the company's series of customer numbers.</param>
/// <param name="Input">All about the customer.</param>
public sealed record CustomerCreated(long Number, CustomerInput Input) : CustomerEvent;

/// <summary>CUSTOMER_UPDATED.</summary>
/// <param name="Number">As before.</param>
/// <param name="Input">All about the customer from now on.</param>
public sealed record CustomerUpdated(long Number, CustomerInput Input) : CustomerEvent;

/// <summary>CUSTOMER_ARCHIVED.</summary>
/// <param name="Number">As before.</param>
/// <param name="Name">As before.</param>
public sealed record CustomerArchived(long Number, string Name) : CustomerEvent;

/// <summary>What leaves the system of a customer's event.</summary>
/// <param name="Number">Customer number.</param>
/// <param name="Name">Name.</param>
/// <param name="OrganisationNumber">Nine digits.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Phone">Phone number.</param>
public sealed record CustomerPayload(
    long Number, string Name, string? OrganisationNumber = null, string? Email = null, string? Phone = null)
{
    /// <summary>Of all that somebody wrote.</summary>
    internal static CustomerPayload Of(long number, CustomerInput input) =>
        new(number, input.Name, input.OrganisationNumber, input.Email, input.Phone);
}

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

/// <summary>JSON of stored events, public payloads and snapshots of customers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(CustomerPayload))]
[JsonSerializable(typeof(CustomerCreated))]
[JsonSerializable(typeof(CustomerUpdated))]
[JsonSerializable(typeof(CustomerArchived))]
internal sealed partial class CustomerJson : JsonSerializerContext;
