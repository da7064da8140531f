using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Companies;

/// <summary>The events of companies by stable name: everybody in the company sees them.</summary>
internal static class CompanyEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        Type("COMPANY_CREATED", CompanyJson.Default.CompanyCreated, static e => CompanyPayload.Of(e.Input) with { Modules = e.Modules }),
        Type("COMPANY_UPDATED", CompanyJson.Default.CompanyUpdated, static e => CompanyPayload.Of(e.Input)),
        Type("SERVICE_ACTIVATED", CompanyJson.Default.ServiceActivated, static e => new CompanyPayload { Module = e.Module }),
        Type("SERVICE_DEACTIVATED", CompanyJson.Default.ServiceDeactivated, static e => new CompanyPayload { Module = e.Module }),
    ];

    private static EventType<T> Type<T>(string name, JsonTypeInfo<T> json, Func<T, CompanyPayload> payload)
        where T : CompanyEvent =>
        EventType.Of(name, 1, json).VisibleTo(Permission.CompanyRead, payload, CompanyJson.Default.CompanyPayload);
}
