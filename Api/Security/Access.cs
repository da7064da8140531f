using Microsoft.AspNetCore.Authorization;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Security;

/// <summary>After authentication: who may go on, for which company, and under which conditions. Denies by default.</summary>
internal sealed class Access(RequestDelegate next, ICompanyDirectory companies, CallerLimits limits)
{
    private static readonly Problem Inactive =
        new(StatusCodes.Status403Forbidden, ErrorCodes.ModuleNotActive, "The company has not activated the module that this belongs to.");

    public Task Invoke(HttpContext context)
    {
        // What is no route (404, 405, a version that the resource does not have) answers for itself.
        if (context.GetEndpoint() is not RouteEndpoint endpoint || IsRefusal(endpoint)) return next(context);
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return Go(context, endpoint);
        var facts = context.Facts();
        if (facts.Caller is not { } caller)
            return limits.Unasked(context) is { } tooMany ? ProblemWriter.Write(context, tooMany) : Challenge(context);

        var requires = endpoint.Metadata.GetMetadata<RequiresAttribute>();
        if (requires is not null && !requires.LetsIn(caller))
            return ProblemWriter.Write(context, Faults.Bare(StatusCodes.Status403Forbidden));
        if (CompanyChoice.Make(context.Request, facts, caller, requires) is { } problem) return ProblemWriter.Write(context, problem);
        return facts.Tenant == caller.Home ? GoHome(context, endpoint, requires) : GoAbroad(context, endpoint, requires);
    }

    // An ADMIN has named a company.
    private async Task GoAbroad(HttpContext context, Endpoint endpoint, RequiresAttribute? requires)
    {
        if (await companies.Exists(context.Facts().Tenant!.Value.Value)) await GoHome(context, endpoint, requires);
        else await ProblemWriter.Write(context, Problem.NotFound());
    }

    // Who acts for the platform acts for nobody who could have activated anything.
    private Task GoHome(HttpContext context, Endpoint endpoint, RequiresAttribute? requires)
    {
        var tenant = context.Facts().Tenant!.Value;
        CallerTenant.Set(tenant.Value);
        if (requires?.Permission.Module() is not { } module || tenant == TenantId.Platform) return Go(context, endpoint);
        var active = companies.HasActive(tenant.Value, module);
        return active.IsCompletedSuccessfully ? GoWhere(active.Result, context, endpoint) : GoWhere(active, context, endpoint);
    }

    private async Task GoWhere(ValueTask<bool> active, HttpContext context, Endpoint endpoint) =>
        await GoWhere(await active, context, endpoint);

    private Task GoWhere(bool active, HttpContext context, Endpoint endpoint) =>
        active ? Go(context, endpoint) : ProblemWriter.Write(context, Inactive);

    private Task Go(HttpContext context, Endpoint endpoint)
    {
        var facts = context.Facts();
        return Conditions.Read(context.Request, facts, endpoint) is { } wrong ? ProblemWriter.Write(context, wrong) : next(context);
    }

    // Endpoint selection puts this in the place of an endpoint that does not exist in the version asked for; it has no metadata of an
    // action.
    private static bool IsRefusal(RouteEndpoint endpoint) =>
        endpoint.Metadata.Count == 0 && endpoint.DisplayName == "400 Unsupported API Version";

    /// <summary>401, with the scheme that would be accepted; 503 where the caller's token may well hold.</summary>
    public static Task Challenge(HttpContext context)
    {
        if (context.Facts().Doubt is { } doubt) return ProblemWriter.Write(context, Faults.Of(doubt));
        if (context.Request.Headers.Authorization.Count > 0)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"tms\", error=\"invalid_token\"";
        return ProblemWriter.Write(context, Faults.Bare(StatusCodes.Status401Unauthorized));
    }
}
