using Microsoft.Extensions.Time.Testing;
using Tms.Api.Admin;

namespace Tms.Api.Tests.Admin;

public sealed class AnsweredTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task What_answers_in_time_is_given() =>
        Assert.Equal("yes", await Answered.InTime(_time, _ => Task.FromResult("yes"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task What_fails_is_null() =>
        Assert.Null(
            await Answered.InTime(_time, _ => Task.FromException<string>(new IOException("away")), TestContext.Current.CancellationToken));

    [Fact]
    public async Task What_never_answers_is_null_after_two_seconds_also_where_it_does_not_heed_its_cancellation()
    {
        var never = new TaskCompletionSource<long?>();
        var (asked, told) = (Answered.InTime(_time, _ => never.Task, TestContext.Current.CancellationToken), false);
        _time.Advance(Answered.Patience - TimeSpan.FromTicks(1));
        told = asked.IsCompleted;
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((null, false), (await asked, told));
    }

    [Fact]
    public async Task Who_leaves_is_not_answered()
    {
        using var left = new CancellationTokenSource();
        var asked = Answered.InTime(_time, _ => new TaskCompletionSource<string>().Task, left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }
}
