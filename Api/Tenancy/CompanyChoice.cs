using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Api.Security;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tenancy;

/// <summary>
/// The company that a request acts on: the caller's own, or the one that an ADMIN names. The only reader of X-Company-Id.
/// </summary>
internal static class CompanyChoice
{
    private const string Header = "X-Company-Id";

    /// <summary>Notes the company on the facts; a problem where it is missing, unreadable or not the caller's.</summary>
    public static Problem? Make(HttpRequest request, RequestFacts facts, Caller caller, RequiresAttribute? requires)
    {
        facts.Tenant = caller.Home;
        var header = request.Headers[Header];
        if (header.Count == 0) return IsMissing(request, caller, requires) ? Missing() : null;
        if (header is not [{ } text] || !TextForms.TryUuid(text, out var company))
            return new Problem(400, ErrorCodes.InvalidParameter, "X-Company-Id must be one uuid.");
        return Choose(facts, caller, new TenantId(company));
    }

    private static bool IsMissing(HttpRequest request, Caller caller, RequiresAttribute? requires) =>
        caller.CompanyId is null && requires is { Platform: false }
            && request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    // Another company looks to its strangers as if it did not exist; the platform's own id is nobody's company.
    private static Problem? Choose(RequestFacts facts, Caller caller, TenantId company)
    {
        if (company == facts.Tenant) return company == TenantId.Platform ? Problem.NotFound() : null;
        if (caller.Role != Role.Admin || company == TenantId.Platform) return Problem.NotFound();
        facts.Tenant = company;
        return null;
    }

    /// <summary>
    /// 404 for what is not there; 400 for an ADMIN who names no company: what is not the platform's may be a company's.
    /// </summary>
    public static Problem NotThere(HttpContext http) => http.Tenant() == TenantId.Platform ? Missing() : Problem.NotFound();

    /// <summary>400: what an ADMIN asks for belongs to a company.</summary>
    public static Problem Missing() => new(400, ErrorCodes.CompanyRequired, "Name the company with X-Company-Id.");
}
