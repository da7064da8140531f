using Tms.Api.Http;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Companies;

/// <summary>Takes requests about companies to their grains: the address names the company, for an ADMIN too.</summary>
public sealed class CompanyDesk(IGrainFactory grains)
{
    /// <summary>The company of an id; null where it is not the caller's to know of.</summary>
    public ICompanyGrain? Find(HttpContext http, Guid id) =>
        http.Caller() is { Role: not Role.Admin } caller && caller.CompanyId != id ? null : Grain(http, id);

    /// <summary>
    /// A company's grain. An ADMIN calls it for that company; anybody else for the own one, so that the silo refuses any other.
    /// </summary>
    public ICompanyGrain Grain(HttpContext http, Guid id)
    {
        if (http.Caller().Role == Role.Admin) CallerTenant.Set(id);
        return grains.GetGrain<ICompanyGrain>(GrainKey.For(id, id));
    }

    /// <summary>The context of a command about a company, which need not be the one that the request acts for.</summary>
    public static CommandContext Context(HttpContext http, Guid id)
    {
        var home = http.Caller().Home.Value;
        return http.Command() with { ActorCompany = home == id ? null : home };
    }
}
