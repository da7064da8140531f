using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Api.Tests.Hosting;
using Tms.Api.Tests.Realtime;
using Tms.Domain.Access;
using Tms.Domain.Keys;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tests.Security;

/// <summary>
/// A node beside which others revoke sessions. Only the test's clock moves: what is known without it was told by a signal.
/// </summary>
public sealed class RevocationTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly Guid _session = Guid.CreateVersion7();
    private readonly PlatformLog _log;

    public RevocationTests() => _log = new(_time);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_another_node_ended_is_known_by_its_signal_or_within_a_second(bool deaf)
    {
        await using var node = await Node();
        var header = Header(node);
        Assert.Equal(HttpStatusCode.OK, await Status(node, header));

        _log.IsDeaf = deaf;
        _log.End(_session);

        var started = node.Time.GetUtcNow();
        await Eventually.Holds(async () =>
        {
            node.Time.Advance(TimeSpan.FromMilliseconds(10));
            return await Status(node, header) == HttpStatusCode.Unauthorized;
        });
        Assert.InRange(node.Time.GetUtcNow() - started, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_change_of_a_user_ends_the_tokens_made_from_an_earlier_version_whatever_the_clocks_say()
    {
        await using var node = await Node();
        var user = Guid.CreateVersion7();
        var issuer = node.Services.GetRequiredService<TokenIssuer>();
        (string, string) Token(int? version) =>
            ("Authorization", "Bearer " + issuer.Issue(user, "kari@example.no", Role.Bruker, Guid.CreateVersion7(), null, version).Token);
        var (unversioned, there) = (Token(null), node.Time.GetUtcNow());
        node.Time.Advance(TimeSpan.FromSeconds(5));
        var (ahead, later) = (Token(3), Token(4));

        _log.Notice(new UserAccessChanged(user, 4), there);
        await node.Services.GetRequiredService<IRevocations>().Follow(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(node, ahead));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(node, unversioned));
        Assert.Equal(HttpStatusCode.OK, await Status(node, later));
    }

    [Fact]
    public void The_session_that_goes_on_keeps_its_tokens_and_no_token_that_had_ended_before_holds_again()
    {
        var known = new RecentRevocations(_time);
        var (user, kept, other, token) =
            (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(_time.GetUtcNow()));
        known.EndAllOf(user, version: 4);
        known.EndAllOf(user, version: 6, kept: kept);
        bool Ended(Guid? session, int? version) => known.Names(user, token, session, version);

        Assert.Equal((false, true, true), (Ended(kept, 5), Ended(other, 5), Ended(null, 5)));
        Assert.Equal((true, true, false), (Ended(kept, 3), Ended(kept, null), Ended(other, 6)));
        known.EndAllOf(user, version: 7, kept: other);
        Assert.Equal((true, false), (Ended(kept, 6), Ended(other, 6)));
        known.EndAllOf(user, version: 8);
        Assert.True(Ended(other, 7));
    }

    [Fact]
    public async Task An_ended_key_is_named_and_a_company_whose_modules_change_is_asked_again()
    {
        await using var node = await Node(follow: false);
        var (key, company) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _log.Notice(new ApiKeyEnded(key));
        _log.Notice(new CompanyAccessChanged(company));

        await node.Services.GetRequiredService<IRevocations>().Follow(TestContext.Current.CancellationToken);

        Assert.True(node.Services.GetRequiredService<RecentRevocations>().Names(key, key, null, null));
        Assert.Equal([company], ((EveryCompany)node.Services.GetRequiredService<ICompanyDirectory>()).Forgotten);
    }

    [Fact]
    public async Task Who_cannot_follow_the_log_is_told_so()
    {
        await using var node = await Node(follow: false);
        var revocations = node.Services.GetRequiredService<IRevocations>();
        Assert.False(revocations.IsSure);
        await revocations.Follow(TestContext.Current.CancellationToken);
        Assert.True(revocations.IsSure);
        _log.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => revocations.Follow(TestContext.Current.CancellationToken));
        node.Time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.False(revocations.IsSure);
    }

    [Fact]
    public async Task A_node_that_does_not_follow_asks_the_store_and_without_it_answers_503()
    {
        await using var node = await Node(follow: false);
        var header = Header(node);
        Assert.Equal(HttpStatusCode.OK, await Status(node, header));

        _log.IsDown = true;
        Assert.Equal(HttpStatusCode.OK, await Status(node, header));
        node.Time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(node, header));
        using var anonymous = await node.Get("/health/live", header);
        Assert.Equal(HttpStatusCode.OK, anonymous.StatusCode);

        _log.IsDown = false;
        _log.End(_session);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(node, header));
        _log.IsDown = true;
        node.Time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(node, header));
    }

    [Fact]
    public async Task A_start_reads_what_can_still_matter_and_nothing_older()
    {
        for (var n = 0; n < 5_000; n++) _log.End(Guid.CreateVersion7());
        _time.Advance(RecentRevocations.Keep + TimeSpan.FromSeconds(1));
        _log.End(_session);

        await using var node = await Node(follow: false);

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(node, Header(node)));
        Assert.Equal(5_000, _log.ReadAfter.Last());
        Assert.InRange(_log.ReadAfter.Count, 1, 20);
    }

    [Fact]
    public async Task A_log_that_was_restored_under_the_node_is_read_anew()
    {
        await using var node = await Node(follow: false);
        var header = Header(node);
        for (var n = 0; n < 3; n++) _log.End(Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.OK, await Status(node, header));

        _log.Forget(3);
        _log.End(_session);
        node.Time.Advance(TimeSpan.FromSeconds(2.1));

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(node, header));
        Assert.Contains(Guid.Empty, ((EveryCompany)node.Services.GetRequiredService<ICompanyDirectory>()).Forgotten);
    }

    [Fact]
    public async Task Tokens_of_a_key_that_another_node_withdrew_end_and_new_ones_hold()
    {
        await using var node = await Node(follow: false);
        var (header, keys) = (Header(node), node.Services.GetRequiredService<SigningKeys>());
        var leaked = keys.Current.Kid;
        Assert.Equal(HttpStatusCode.OK, await Status(node, header));
        var cancel = TestContext.Current.CancellationToken;
        using (var other = new SigningKeys(
            node.Services.GetRequiredService<IKeyStore>(), node.Services.GetRequiredService<EventStore.Keys.MasterKey>(), node.Time))
        {
            await other.Load(cancel);
            Assert.NotNull(await other.Withdraw(leaked, cancel));
        }

        _log.Append(
            KeyEventTypes.Withdrawn, Guid.CreateVersion7(),
            TmsEvents.Catalog.Of(new SigningKeyWithdrawn(leaked)).Encode(new SigningKeyWithdrawn(leaked)));
        await node.Services.GetRequiredService<IRevocations>().Follow(cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(node, header));
        Assert.Equal((false, true), (keys.Published.Any(key => key.KeyId == leaked), keys.Current.Kid != leaked));
        Assert.Equal(HttpStatusCode.OK, await Status(node, Header(node)));
    }

    private static (string, string) Header(ApiHost node, Guid session) =>
        (
            "Authorization", "Bearer "
                + node.Services.GetRequiredService<TokenIssuer>()
                    .Issue(Guid.CreateVersion7(), "kari@example.no", Role.Bruker, Guid.CreateVersion7(), session).Token);

    private static async Task<HttpStatusCode> Status(ApiHost node, (string, string) header)
    {
        using var answer = await node.Get("/api/v2/guarded", header);
        return answer.StatusCode;
    }

    private (string, string) Header(ApiHost node) => Header(node, _session);

    private Task<ApiHost> Node(bool follow = true) => ApiHost.Start(services: services =>
    {
        services.AddSingleton<IEventReader>(_log).AddSingleton<IPartitionSignals>(_log);
        services.AddRevocationFeed();
        if (!follow) services.Remove(services.Last(s => s.ServiceType == typeof(IHostedService)));
    }, time: _time);
}
