using Microsoft.Extensions.Time.Testing;
using Tms.Api.Http;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Tests.Http;

public sealed class OutcomeTests
{
    private static readonly CommandContext Context = new(Guid.CreateVersion7(), "kari", "c");
    private static readonly Outcome<string> Conflict = new(OutcomeKind.Conflict);
    private static readonly Outcome<string> Done = new(OutcomeKind.Done, "view");

    [Fact]
    public async Task A_conflict_is_repeated_with_the_same_command_id_three_times_and_no_more()
    {
        var grain = new Scripted(() => Conflict, () => Conflict, () => Conflict, () => Conflict, () => Done);
        var outcome = await grain.Send("command", Context);
        Assert.Equal(OutcomeKind.Conflict, outcome.Kind);
        Assert.Equal([false, true, true, true], grain.Seen.Select(c => c.MayHaveHappened));
        Assert.All(grain.Seen, c => Assert.Equal(Context.CommandId, c.CommandId));
    }

    [Fact]
    public async Task A_conflict_is_not_repeated_where_the_caller_named_versions()
    {
        var grain = new Scripted(() => Conflict, () => Done);
        var outcome = await grain.Send("command", Context with { ExpectedVersions = [1] });
        Assert.Equal(OutcomeKind.Conflict, outcome.Kind);
        Assert.Single(grain.Seen);
    }

    [Fact]
    public async Task A_lost_call_is_repeated_once_to_learn_what_became_of_it()
    {
        var grain = new Scripted(() => throw new TimeoutException(), () => Done);
        Assert.Equal(Done, await grain.Send("command", Context with { ExpectedVersions = [1] }));
        Assert.Equal([false, true], grain.Seen.Select(c => c.MayHaveHappened));
        var expired =
            new Scripted(() => throw new OperationCanceledException("Message expired before placement could complete."), () => Done);
        Assert.Equal(Done, await expired.Send("command", Context));
        var dead = new Scripted(() => throw new SiloUnavailableException(), () => throw new TimeoutException(), () => Done);
        await Assert.ThrowsAsync<TimeoutException>(() => dead.Send("command", Context));
        var busy = new Scripted(() => throw new StoreBusyException(""), () => Done);
        await Assert.ThrowsAsync<StoreBusyException>(() => busy.Send("command", Context));
    }

    [Fact]
    public async Task A_repeat_that_nobody_answers_either_is_given_up_before_the_cluster_would()
    {
        var grain = new Scripted(() => throw new TimeoutException(), () => null);
        var time = new FakeTimeProvider();
        var sending = grain.Send("command", Context, time);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAsync<TimeoutException>(() => sending);
    }

    // Null: no answer, ever.
    private sealed class Scripted(params Func<Outcome<string>?>[] answers) : IAggregateGrain<string, string>
    {
        public List<CommandContext> Seen { get; } = [];

        public Task<Outcome<string>> Execute(string command, CommandContext context)
        {
            Seen.Add(context);
            return answers[Seen.Count - 1]() is { } answer ? Task.FromResult(answer) : new TaskCompletionSource<Outcome<string>>().Task;
        }

        public Task<string?> Get() => Task.FromResult<string?>(null);

        public Task<string?> GetVersion(int version) => Get();

        public Task<string?> GetAsOf(DateTimeOffset time) => Get();
    }
}
