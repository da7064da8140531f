using Tms.Grains.Abstractions.Limits;

namespace Tms.Grains.Limits;

/// <summary>Who has been given how many permits of one caller's window.</summary>
internal sealed class PermitBook
{
    /// <summary>
    /// A block is this part of what is left: large limits cost a call every dozen requests, and the last permits go one by one.
    /// </summary>
    private const int Parts = 64;

    private readonly Dictionary<Guid, int> _given = [];

    /// <summary>Gives what waits, or a block where that is more, and never more than there is.</summary>
    internal PermitAnswer Take(PermitRequest request)
    {
        _given[request.Node] = request.Had;
        var left = Math.Max(0, request.Limit - _given.Values.Sum());
        var given = Math.Min(left, Math.Max(request.Wanted, left / Parts));
        _given[request.Node] += given;
        return new(given, left - given);
    }
}
