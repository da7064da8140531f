using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Tenancy;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>Takes requests about users to their grains: what both versions of the wire share.</summary>
public sealed class UserDesk(IGrainFactory grains)
{
    /// <summary>A user of the company acted on, or of the platform.</summary>
    public IUserGrain Grain(HttpContext http, Guid id) => Grain(http.Tenant().Value, id);

    /// <summary>The caller. An ADMIN who has named a company still is a user of the platform.</summary>
    public IUserGrain Own(HttpContext http)
    {
        var caller = http.Caller();
        CallerTenant.Set(caller.Home.Value);
        return Grain(caller.Home.Value, caller.UserId);
    }

    /// <summary>The caller, as the rules ask for it.</summary>
    public static Actor ActorOf(HttpContext http) => new(http.Caller().UserId, http.Caller().Role);

    /// <summary>The answer of a command to a user.</summary>
    /// <param name="http">The request.</param>
    /// <param name="outcome">What the user's grain said.</param>
    /// <param name="done">The answer where it holds; null: 200 with the user.</param>
    public static ActionResult Answer(HttpContext http, Outcome<UserView> outcome, Func<UserView, JsonAnswer>? done = null) =>
        outcome is { Kind: OutcomeKind.Refused, Refusal.Kind: RefusalKind.NotFound }
            ? CompanyChoice.NotThere(http).ToResult()
            : Answers.Of(outcome, done ?? (static view => Answers.Done(view, view.Version)));

    private IUserGrain Grain(Guid tenant, Guid id) => grains.GetGrain<IUserGrain>(GrainKey.For(tenant, id));
}
