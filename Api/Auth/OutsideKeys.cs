using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Tms.EventStore;

namespace Tms.Api.Auth;

/// <summary>The keys of the outside authority. Those known go on while it is away.</summary>
/// <remarks>For an unknown one it is asked at once, but once in half a minute, whoever asks.</remarks>
/// <param name="fetch">Reads discovery document and keys.</param>
/// <param name="time">Says how old they are.</param>
internal sealed class OutsideKeys(Func<Task<OpenIdConnectConfiguration>> fetch, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // Keys that were withdrawn there are forgotten here by then.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // So many wait for an authority that is away as come within this time.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private Answered? _found;
    private Exception? _failure;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>What the authority says of itself, with a key of this name; null where it has none of it.</summary>
    /// <exception cref="StoreUnavailableException">The authority cannot be asked: it may have one.</exception>
    public async ValueTask<OpenIdConnectConfiguration?> Find(string kid, CancellationToken cancel)
    {
        if (Volatile.Read(ref _found) is { } found && found.Has(kid) && !IsOld(found)) return found.Document;
        await _fetching.WaitAsync(cancel);
        try
        {
            if (_found is null || !_found.Has(kid) || IsOld(_found)) await Fetch();
            if (_found?.Has(kid) == true) return _found.Document;
            return _failure is null ? null : throw new StoreUnavailableException("The authority's keys cannot be read.", _failure);
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _fetching.Dispose();

    private bool IsOld(Answered found) => found.At + Lifetime <= time.GetUtcNow();

    // The first keys are no unknown key's doing: one may be looked for right after them.
    private async Task Fetch()
    {
        var (now, isFirst) = (time.GetUtcNow(), _found is null);
        if (now < _next) return;
        try
        {
            Volatile.Write(ref _found, new(await fetch(), now));
            (_failure, _next) = (null, isFirst ? now : now + Pause);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            (_failure, _next) = (e, now + (isFirst ? FirstPause : Pause));
        }
    }

    private sealed record Answered(OpenIdConnectConfiguration Document, DateTimeOffset At)
    {
        public bool Has(string kid) => Document.SigningKeys.Any(key => key.KeyId == kid);
    }
}
