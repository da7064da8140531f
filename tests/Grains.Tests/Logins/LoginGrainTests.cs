using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Tms.Domain.Logins;
using Tms.EventStore;
using Tms.Grains.Abstractions.Logins;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Logins;

/// <summary>Counting failures: what is kept in memory, what is stored, and for how long it holds.</summary>
public sealed class LoginGrainTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly Guid _user = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_fifth_failure_in_a_row_locks_for_a_quarter_of_an_hour_and_is_stored_once()
    {
        await using var world = World();
        var cluster = await world.Start();
        var grain = Grain(cluster);
        for (var i = 1; i <= 4; i++) Assert.False(await grain.Fail(Failed()));
        Assert.False(await grain.IsLocked());
        Assert.True(await grain.Fail(Failed()));
        for (var i = 0; i < 20; i++) Assert.False(await grain.Fail(Failed()));
        Assert.True(await grain.IsLocked());
        Assert.Equal(OutcomeKind.Refused, (await LogIn(grain)).Kind);

        _time.Advance(LoginDecider.LockedFor - TimeSpan.FromSeconds(1));
        Assert.Equal(OutcomeKind.Refused, (await LogIn(grain)).Kind);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await grain.IsLocked());
        Assert.Equal(OutcomeKind.Done, (await LogIn(grain)).Kind);
        Assert.Equal(["USER_LOGIN_FAILED", "USER_LOGIN"], await Stored(cluster));
    }

    [Fact]
    public async Task A_lock_outlives_the_silo_that_counted()
    {
        await using var world = World();
        var cluster = await world.Start();
        for (var i = 0; i < 5; i++) await Grain(cluster).Fail(Failed());
        await Eventually.Holds(async () => (await Stored(cluster)).Length == 1, "the lock is stored");
        await cluster.DeactivateAsync(Grain(cluster)).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.True(await Grain(cluster).IsLocked());
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_counted_and_locked_and_never_stored()
    {
        await using var world = World();
        var cluster = await world.Start();
        for (var i = 1; i <= 12; i++) Assert.Equal(i == 5, await Grain(cluster).Fail(Failed() with { IsUser = false }));
        Assert.True(await Grain(cluster).IsLocked());
        Assert.Empty(await Stored(cluster));
    }

    [Fact]
    public async Task Of_failures_and_logins_at_once_no_login_comes_in_behind_the_lock()
    {
        await using var world = World();
        var cluster = await world.Start();
        var grain = Grain(cluster);
        var logins = new List<Task<Outcome<LoginView>>>();
        var fails = new List<Task<bool>>();
        for (var i = 0; i < 60; i++)
        {
            fails.Add(grain.Fail(Failed()));
            if (i % 10 == 9) logins.Add(LogIn(grain));
        }

        Assert.Single(await Task.WhenAll(fails), true);
        var done = (await Task.WhenAll(logins)).Count(outcome => outcome.Kind == OutcomeKind.Done);
        string[] expected = [.. Enumerable.Repeat("USER_LOGIN", done), "USER_LOGIN_FAILED"];
        Assert.Equal(expected, await Stored(cluster));
        Assert.Equal(OutcomeKind.Refused, (await LogIn(grain)).Kind);
    }

    [Fact]
    public async Task A_code_of_the_second_factor_holds_once()
    {
        await using var world = World();
        var grain = Grain(await world.Start());
        Assert.Equal(OutcomeKind.Done, (await LogIn(grain, step: 100)).Kind);
        Assert.Equal("code_used", (await LogIn(grain, step: 100)).Refusal?.Code);
        Assert.Equal("code_used", (await LogIn(grain, step: 99)).Refusal?.Code);
        Assert.Equal(OutcomeKind.Done, (await LogIn(grain, step: 101)).Kind);
    }

    private StoreWorld World()
    {
        var world = StoreWorld.OnSqlite();
        world.More =
            silo => silo.Services.AddSingleton(sp => ActivatorUtilities.CreateInstance<AggregateServices>(sp, (TimeProvider)_time));
        return world;
    }

    private static FailedLogin Failed() => new(IsUser: true, Context());

    private static Task<Outcome<LoginView>> LogIn(ILoginGrain grain, long? step = null) =>
        grain.Succeed(new Succeed(Guid.CreateVersion7(), step), Context());

    private static CommandContext Context() => new(Guid.CreateVersion7(), "test", "test");

    private ILoginGrain Grain(InProcessTestCluster cluster)
    {
        CallerTenant.Set(TenantId.Platform.Value);
        return cluster.Client.GetGrain<ILoginGrain>(GrainKey.For(TenantId.Platform.Value, _user));
    }

    private async Task<string[]> Stored(InProcessTestCluster cluster) =>
        [.. (await cluster.Reader().ReadStream(TenantId.Platform, new("logins", _user), StreamVersion.Empty, 10, Cancel))
            .Select(e => e.Type)];
}
