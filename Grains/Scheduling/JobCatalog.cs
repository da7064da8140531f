using System.Collections.Frozen;

namespace Tms.Grains.Scheduling;

/// <summary>The jobs of this program, by name. A name given twice is a bug and throws.</summary>
internal sealed class JobCatalog(IEnumerable<IJob> jobs)
{
    private readonly FrozenDictionary<string, IJob> _byName = jobs.ToFrozenDictionary(job => job.Name);

    internal IEnumerable<string> Names => _byName.Keys;

    /// <summary>The job with a name; null when this program has none.</summary>
    internal IJob? Find(string name) => _byName.GetValueOrDefault(name);
}
