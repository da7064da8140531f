using Tms.Grains.Abstractions.Limits;

namespace Tms.Grains.Limits;

// Kept as long as its latest mail counts.
[GrainType("mail-book"), CollectionAgeLimit(Minutes = 2)]
internal sealed class MailBookGrain(TimeProvider time) : Grain, IMailBookGrain
{
    private readonly MailBook _book = new();

    /// <inheritdoc />
    public Task<MailTurn> Take(MailRequest request)
    {
        var turn = _book.Take(request, time.GetUtcNow());
        if (turn.IsNew) DelayDeactivation(MailBook.Kept);
        return Task.FromResult(turn);
    }

    /// <inheritdoc />
    public Task GiveBack(Guid id)
    {
        _book.GiveBack(id);
        return Task.CompletedTask;
    }
}
