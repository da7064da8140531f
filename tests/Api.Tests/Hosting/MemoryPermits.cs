using System.Collections.Concurrent;
using Tms.Api.Hosting;

namespace Tms.Api.Tests.Hosting;

/// <summary>The permits of hosts that stand for nodes of one cluster; can be taken away.</summary>
internal sealed class MemoryPermits(int block = 1) : IPermits
{
    private readonly ConcurrentDictionary<string, int> _given = [];
    private readonly Lock _giving = new();

    public bool Down { get; set; }

    public int Calls { get; private set; }

    public Task<(int Given, int Left)> Take(PermitWindow window, int had, int wanted)
    {
        if (Down) throw new TimeoutException("Nobody answers.");
        lock (_giving)
        {
            Calls++;
            var left = window.Limit - _given.GetValueOrDefault(window.Name);
            var given = Math.Min(left, Math.Max(wanted, block));
            _given[window.Name] = window.Limit - left + given;
            return Task.FromResult((given, left - given));
        }
    }
}
