using System.Buffers.Binary;
using System.Text;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Reactors;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Admin;

/// <summary>Events that reactors gave up on, of every company, or of the one that X-Company-Id names.</summary>
[ApiController, ApiVersion(2.0), Route("api/admin/dead-letters"), Requires(Permission.PlatformAdmin, Platform = true)]
public sealed class DeadLettersController(IReactorCursors letters, IGrainFactory grains, Cursors cursors) : ControllerBase
{
    private const int GuidLength = 16, KeyLength = GuidLength + sizeof(long);

    /// <summary>Lists dead letters: by reactor, company and position.</summary>
    [HttpGet]
    [ProducesResponseType<Page<DeadLetterView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] PageQuery query, CancellationToken cancel)
    {
        var scope = new CursorScope(HttpContext.Tenant(), "dead-letters", "");
        if (!TryOpen(scope, query.Cursor, out var after)) return Cursors.Invalid().ToResult();
        var found = await letters.DeadLetters(Named, after, query.Limit + 1, cancel);
        var shown = found.Take(query.Limit).Select(DeadLetterView.Of).ToArray();
        var next = found.Count > query.Limit ? cursors.Seal(scope, Place(found[query.Limit - 1].Key)) : null;
        return new JsonAnswer(
            new Page<DeadLetterView>(shown, next, query.IncludeTotal ? await letters.CountDeadLetters(Named, cancel) : null));
    }

    /// <summary>
    /// Has a letter's event handled once more. It is gone when that succeeds, and stays with one attempt more when it does not.
    /// </summary>
    [HttpPost("{id:guid}/retry")]
    [ProducesResponseType<DeadLetterView>(StatusCodes.Status202Accepted)]
    public async Task<ActionResult> Retry(Guid id, CancellationToken cancel)
    {
        if (await letters.FindDeadLetter(id, cancel) is not { } letter || (Named is { } named && named != letter.Key.Tenant))
            return Answers.NotFound();
        await letters.RetryDeadLetter(letter.Key, cancel);
        using var caller = CallerTenant.ActingFor(letter.Key.Tenant.Value);
        await grains.GetGrain<IReactorGrain>(GrainKey.For(letter.Key.Tenant.Value, letter.Key.Reactor)).Ring(0);
        return new JsonAnswer(DeadLetterView.Of(letter), StatusCodes.Status202Accepted);
    }

    private TenantId? Named => HttpContext.Tenant() == TenantId.Platform ? null : HttpContext.Tenant();

    private bool TryOpen(in CursorScope scope, string? cursor, out DeadLetterKey? after)
    {
        after = null;
        if (cursor is null) return true;
        if (!cursors.TryOpen(scope, cursor, out var place) || place.Length < KeyLength) return false;
        after = new DeadLetterKey(
            Encoding.UTF8.GetString(place.AsSpan(KeyLength)), new(new Guid(place.AsSpan(0, GuidLength), bigEndian: true)),
            new(BinaryPrimitives.ReadInt64BigEndian(place.AsSpan(GuidLength))));
        return true;
    }

    private static byte[] Place(DeadLetterKey key)
    {
        var place = new byte[KeyLength + Encoding.UTF8.GetByteCount(key.Reactor)];
        key.Tenant.Value.TryWriteBytes(place, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(GuidLength), key.Sequence.Value);
        Encoding.UTF8.GetBytes(key.Reactor, place.AsSpan(KeyLength));
        return place;
    }
}
