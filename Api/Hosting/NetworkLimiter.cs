namespace Tms.Api.Hosting;

/// <summary>
/// Counts requests of callers without a name: by <see cref="CallerNetwork"/>, and by what is around it where one caller can have all of
/// that.
/// </summary>
/// <remarks>
/// A /48 of IPv6 is easily rented, and holds 65,536 callers: together they have <see cref="Neighbours"/> times what one has.
/// A /24 of IPv4 is counted only where there are more addresses in a window than are counted singly:
/// no stranger can then use up another network's requests.
/// </remarks>
internal sealed class NetworkLimiter(
    string name, int limit, TimeSpan length, PermitSource source, TimeProvider time, int capacity = NetworkLimiter.MaxCallers)
{
    /// <summary>How many callers' requests a network around them has.</summary>
    public const int Neighbours = 8;

    private const int MaxCallers = 50_000;
    private readonly RateLimiter<CallerNetwork> _own = new(name, limit, length, source, time, capacity);
    private readonly RateLimiter<CallerNetwork> _around = new(name + "-around", limit * Neighbours, length, source, time, capacity);

    /// <summary>Takes one request.</summary>
    public async ValueTask<RateTaken> Take(CallerNetwork caller)
    {
        if (await _own.TryTake(caller) is not { } taken) return await _around.Take(caller.Around);
        if (!caller.IsV6 || taken.IsTooMany) return taken;
        var around = await _around.Take(caller.Around);
        return taken with { Left = Math.Min(taken.Left, around.Left), Around = around.Permits };
    }
}
