namespace Tms.Api.Hosting;

/// <summary>
/// Counts requests of callers without a name: by <see cref="CallerNetwork"/>, and by what is around it where one caller can have all of
/// that.
/// </summary>
/// <remarks>
/// A /56 of IPv6 is what one customer is given, and a /48 is easily rented: what is around has <see cref="Neighbours"/> times what one
/// network in it has, so that no customer uses up what others of the same /48 have.
/// A /24 of IPv4 is counted only where there are more addresses in a window than are counted singly:
/// no stranger can then use up another network's requests.
/// </remarks>
internal sealed class NetworkLimiter(
    string name, int limit, TimeSpan length, PermitSource source, TimeProvider time, int capacity = NetworkLimiter.MaxCallers)
{
    /// <summary>How many networks' requests the one around them has.</summary>
    public const int Neighbours = 8;

    private const int MaxCallers = 50_000;
    private readonly RateLimiter<CallerNetwork> _own = new(name, limit, length, source, time, capacity);
    private readonly RateLimiter<CallerNetwork> _around = new(name + "-around", limit * Neighbours, length, source, time, capacity);
    private readonly RateLimiter<CallerNetwork> _sites =
        new(name + "-site", limit * Neighbours * Neighbours, length, source, time, capacity);

    /// <summary>Takes one request.</summary>
    public async ValueTask<RateTaken> Take(CallerNetwork caller)
    {
        if (await _own.TryTake(caller) is not { } taken) return await _around.Take(caller.Around);
        if (!caller.IsV6 || taken.IsTooMany) return taken;
        var around = await _around.Take(caller.Around);
        if (around.IsTooMany) return taken with { Left = around.Left };
        var site = await _sites.Take(caller.Site);
        return taken with
        {
            Left = Math.Min(taken.Left, Math.Min(around.Left, site.Left)),
            Around = around.Permits,
            Site = site.Permits,
        };
    }
}
