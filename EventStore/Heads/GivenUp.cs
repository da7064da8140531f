using System.Collections.Concurrent;

namespace Tms.EventStore.Heads;

/// <summary>
/// What could not be folded, and when that was tried: people do not wait for the same again before the keeper has looked at it.
/// </summary>
internal sealed class GivenUp(TimeSpan period, TimeProvider time)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(TenantId, ModelName), long> _models = [];

    /// <summary>Whether a model was given up so shortly ago that it is not tried again.</summary>
    public bool Has(TenantId tenant, ModelName model) =>
        _models.TryGetValue((tenant, model), out var at) && time.GetElapsedTime(at) < period;

    /// <summary>Notes it; true if it was not noted before.</summary>
    public bool Note(TenantId tenant, ModelName model)
    {
        var isNew = !_models.ContainsKey((tenant, model));
        if (_models.Count >= Most)
        {
            _models.Clear();
        }

        _models[(tenant, model)] = time.GetTimestamp();
        return isNew;
    }

    public void Forget(TenantId tenant, ModelName model) => _models.TryRemove((tenant, model), out _);
}
