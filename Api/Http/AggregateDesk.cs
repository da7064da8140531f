using Microsoft.AspNetCore.Mvc;
using Tms.Api.Events;
using Tms.Api.Tenancy;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Http;

/// <summary>
/// Answers requests about one kind of aggregate of the company acted on: create, command, get and history, the same way for all.
/// </summary>
/// <typeparam name="TGrain">Interface of its grain.</typeparam>
/// <typeparam name="TCommand">Base of its commands.</typeparam>
/// <typeparam name="TView">What callers see of it.</typeparam>
public sealed class AggregateDesk<TGrain, TCommand, TView>(IGrainFactory grains, EventHistory history, TimeProvider time)
    where TGrain : IAggregateGrain<TCommand, TView>
    where TCommand : class
    where TView : class, IAggregateView
{
    private static readonly string Name = TmsAggregates.Of<TCommand>().Name;

    /// <summary>Time now, UTC: for rules that ask for a date.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The grain of one of the company's aggregates.</summary>
    public TGrain Grain(HttpContext http, Guid id) => grains.GetGrain<TGrain>(GrainKey.For(http.Tenant().Value, id));

    /// <summary>201 with the new view and its address.</summary>
    /// <param name="http">The request.</param>
    /// <param name="route">Address of the collection, e.g. <c>/api/v2/economy/customers</c>.</param>
    /// <param name="command">Creates the aggregate.</param>
    public Task<ActionResult> Create(HttpContext http, string route, TCommand command) =>
        Create(http, _ => command, view => Answers.Created($"{route}/{view.Id}", view, view.Version));

    /// <summary>The answer to a command that creates an aggregate under a new id, which the command may need.</summary>
    public Task<ActionResult> Create(HttpContext http, Func<Guid, TCommand> command, Func<TView, JsonAnswer> answer)
    {
        var id = http.NewId(time);
        return Send(http, id, _ => command(id), answer);
    }

    /// <summary>200 with the view after a command.</summary>
    public Task<ActionResult> Send(HttpContext http, Guid id, TCommand command) => Send(http, id, _ => command, Done);

    /// <summary>200 with the view after a command that is made from the id of the request's command.</summary>
    public Task<ActionResult> Send(HttpContext http, Guid id, Func<Guid, TCommand> command) => Send(http, id, command, Done);

    /// <summary>The answer to a command that is made from the id of the request's command.</summary>
    public async Task<ActionResult> Send(HttpContext http, Guid id, Func<Guid, TCommand> command, Func<TView, JsonAnswer> answer)
    {
        var context = http.Command();
        return Answers.Of(await Grain(http, id).Send(command(context.CommandId), context), answer);
    }

    /// <summary>204 after a command that ends the aggregate.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">Which aggregate.</param>
    /// <param name="command">Ends it.</param>
    /// <param name="heeding">Waits until nodes heed the outcome; null: nobody needs to.</param>
    public async Task<ActionResult> End(
        HttpContext http, Guid id, TCommand command, Func<Task<Outcome<TView>>, Task<Outcome<TView>>>? heeding = null)
    {
        var sending = Grain(http, id).Send(command, http.Command());
        return Answers.Of(
            await (heeding is null ? sending : heeding(sending)), static _ => new JsonAnswer(null, StatusCodes.Status204NoContent));
    }

    /// <summary>One view: as it is, right after a version, or as it was at a time; 404 where there is none.</summary>
    public async Task<ActionResult> Get(HttpContext http, Guid id, PastQuery? past = null) =>
        Answers.Resource(
            http.Request, await (past is null ? Grain(http, id).Get() : Grain(http, id).Get(past)), static view => view.Version);

    /// <summary>The aggregate's events as the caller may see them, oldest first.</summary>
    public Task<ActionResult> Events(HttpContext http, Guid id, PageQuery query, CancellationToken cancel) =>
        history.Of(http, new StreamName(Name, id), query, cancel);

    private static JsonAnswer Done(TView view) => Answers.Done(view, view.Version);
}
