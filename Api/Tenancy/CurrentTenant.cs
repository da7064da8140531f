using Tms.Api.Http;
using Tms.Api.Security;
using Tms.EventStore;

namespace Tms.Api.Tenancy;

/// <summary>Whom a request acts for, as the edge has settled it. Never taken from anything else.</summary>
public static class CurrentTenant
{
    /// <summary>The company acted on; the platform for an ADMIN who names none on an address that needs none.</summary>
    /// <exception cref="InvalidOperationException">Nobody is authenticated: the action is anonymous and has no tenant.</exception>
    public static TenantId Tenant(this HttpContext context) =>
        context.Facts().Tenant ?? throw new InvalidOperationException("An anonymous request has no tenant.");

    /// <summary>Who calls.</summary>
    /// <exception cref="InvalidOperationException">Nobody is authenticated.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Facts().Caller ?? throw new InvalidOperationException("An anonymous request has no caller.");
}
