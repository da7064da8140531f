using Tms.Grains.Abstractions.Limits;

namespace Tms.Grains.Limits;

// Kept while its window lasts; then nobody asks any more.
[GrainType("permits"), CollectionAgeLimit(Minutes = 2)]
internal sealed class PermitGrain(TimeProvider time) : Grain, IPermitGrain
{
    private readonly PermitBook _book = new();
    private bool _kept;

    /// <inheritdoc />
    public Task<PermitAnswer> Take(PermitRequest request)
    {
        if (!_kept && DateTimeOffset.FromUnixTimeSeconds(request.EndsAt) - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            _kept = true;
            DelayDeactivation(left);
        }

        return Task.FromResult(_book.Take(request));
    }
}
