using System.Text;
using Tms.Domain.Companies;
using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>What events say of a person is sealed with the person's key, and gone with it.</summary>
public abstract class PersonTests(AggregateCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_users_events_are_stored_sealed_and_the_key_with_the_first_of_them()
    {
        var company = cluster.Company();
        var user = await Registered(company, "Ragnhild");
        var e = Assert.Single(await company.Events(user, "users"));
        Assert.True(SealedJson.Holds(e.Data.Span));
        var stored = Encoding.UTF8.GetString(e.Data.Span);
        Assert.DoesNotContain("Ragnhild", stored, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"role\":\"BRUKER\"", stored, StringComparison.Ordinal);
        var unit = cluster.Writer.Units.Single(u => u.Streams[0].Stream == e.Stream);
        Assert.Equal(60, Assert.Single(unit.Secrets, s => s.Kind == PersonKeys.Kind && s.Subject == e.Stream.Id).Value!.Length);
    }

    [Fact]
    public async Task What_comes_later_is_sealed_with_the_same_key_and_everything_is_read_back()
    {
        var company = cluster.Company();
        var user = await Registered(company, "Ragnhild");
        await TestCompany.Done(user.Execute(new UpdateProfile("Ragnhild", "Åsen", "22334455", Some.Address()), Some.Context()));
        await cluster.Deactivate(user);
        await TestCompany.Done(user.Execute(new UpdateProfile("Ragnhild", "Vik"), Some.Context()));

        Assert.Equal((60, 1), (await Key(company, user) is { } key ? key.Length : 0, KeysStored(user)));
        Assert.All(await company.Events(user, "users"), e => Assert.True(SealedJson.Holds(e.Data.Span)));
        await cluster.Deactivate(user);
        var view = (await user.Get())!;
        Assert.Equal(("Ragnhild", "Vik", 3), (view.FirstName, view.LastName, view.Version));
        Assert.Equal(("Åsen", "0155"), ((await user.GetVersion(2))!.LastName, (await user.GetVersion(2))!.Address!.PostalCode));
    }

    [Fact]
    public async Task A_user_that_is_made_by_another_aggregate_has_a_key_too()
    {
        var company = cluster.Company();
        var (userId, name) = (Guid.CreateVersion7(), "Ragnhild");
        await TestCompany.Done(company.CompanyGrain.Execute(
            new RegisterCompany(company.Id, Some.Company(), userId, new($"{userId:n}@example.no", name, "Vik"), [1, 2]), Some.Context()));
        var user = cluster.Grains.GetGrain<IUserGrain>(GrainKey.For(company.Id, userId));
        Assert.True(SealedJson.Holds(Assert.Single(await company.Events(user, "users")).Data.Span));
        Assert.Equal(name, (await user.Get())!.FirstName);
    }

    [Fact]
    public async Task Without_the_key_a_user_has_no_personal_values_and_the_rest_of_its_history()
    {
        var company = cluster.Company();
        var user = await Registered(company, "Ragnhild");
        await DestroyKey(company, user);
        await cluster.Deactivate(user);
        var view = (await user.Get())!;
        Assert.Equal(("", "", "", Role.Bruker, 1), (view.FirstName, view.LastName, view.Email, view.Role, view.Version));
    }

    [Fact]
    public async Task An_erased_user_has_no_key_and_no_secret_and_nothing_personal_is_read_anywhere()
    {
        var company = cluster.Company();
        var user = await Registered(company, "Ragnhild");
        Assert.NotNull(await Key(company, user));
        var log = await company.Events(user, "users");
        Assert.Contains(
            "Ragnhild", Encoding.UTF8.GetString((await cluster.Opener.Open(log, Cancel))[0].Data.Span), StringComparison.Ordinal);

        var erased = await TestCompany.Done(user.Execute(new EraseUser(new(Guid.CreateVersion7(), Role.Hovedbruker)), Some.Context()));

        Assert.Equal((true, "", "", 2), (erased.IsErased, erased.Email, erased.FirstName, erased.Version));
        Assert.Null(await Key(company, user));
        Assert.Null(await cluster.Reader.FindSecret(company.Tenant, TestCompany.IdOf(user), UserSecrets.Password, Cancel));
        Assert.True(SealedJson.Holds((await cluster.Opener.Open(log, Cancel))[0].Data.Span));
        Assert.Equal("", (await user.GetVersion(1))!.FirstName);
        await cluster.Deactivate(user);
        Assert.True((await user.Get())!.IsErased);
    }

    [Fact]
    public async Task An_invitation_and_the_user_who_joins_with_it_share_one_key()
    {
        var company = cluster.Company();
        var id = Guid.CreateVersion7();
        var (invitation, email) = (cluster.Grains.GetGrain<IInvitationGrain>(GrainKey.For(company.Id, id)), $"{id:n}@example.no");
        var chief = await Registered(company, "Kari", Role.Hovedbruker);
        await TestCompany.Done(invitation.Execute(
            new InviteUser(company.Id, email, Role.Bruker, new(TestCompany.IdOf(chief), Role.Hovedbruker)), Some.Context()));
        await TestCompany.Done(invitation.Execute(new AcceptInvitation(company.Id, new(email, "Ragnhild", "Vik"), [1]), Some.Context()));
        var user = cluster.Grains.GetGrain<IUserGrain>(GrainKey.For(company.Id, id));
        Assert.Equal(1, KeysStored(user));
        Assert.Equal("", (await invitation.Get())!.Email);
        Assert.Equal("Ragnhild", (await user.Get())!.FirstName);

        await TestCompany.Done(user.Execute(new EraseUser(new(Guid.CreateVersion7(), Role.Hovedbruker)), Some.Context()));

        Assert.All(
            (await cluster.Opener.Open(await company.Log(), Cancel))
                .Where(e => e.Stream.Id == id && e.Type is ("USER_INVITED" or "USER_REGISTERED")),
                e => Assert.True(SealedJson.Holds(e.Data.Span)));
    }

    [Fact]
    public async Task A_repeated_command_whose_outcome_nobody_saw_happens_once_and_stays_readable()
    {
        var company = cluster.Company();
        var user = await Registered(company, "Ragnhild");
        var context = Some.Context();
        cluster.Writer.Next(TestCompany.IdOf(user), async (unit, store) =>
        {
            await store(unit);
            throw new StoreUnavailableException("The answer was lost.");
        });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => user.Execute(new UpdateProfile("Ragnhild", "Lie"), context));

        var again = await TestCompany.Done(user.Execute(new UpdateProfile("Ragnhild", "Lie"), context with { MayHaveHappened = true }));

        Assert.Equal(("Lie", 2), (again.LastName, again.Version));
        Assert.Equal(2, (await company.Events(user, "users")).Count);
    }

    [Fact]
    public async Task A_long_stream_of_a_person_loads_from_a_snapshot_that_is_sealed()
    {
        var user = await Updated(cluster.Company(), 105);
        var id = TestCompany.IdOf(user);
        var snapshot = Assert.Single(cluster.Writer.Units, u => u.Streams[0].Stream.Id == id && u.Snapshot is not null).Snapshot!;
        Assert.DoesNotContain("Ragnhild", Encoding.UTF8.GetString(snapshot.State), StringComparison.Ordinal);
        await cluster.Deactivate(user);
        Assert.Equal("Vik 104", (await user.Get())!.LastName);
        var (_, from, tail) = cluster.Reader.Loads.Last(l => l.Stream == id);
        Assert.Equal((100, 6), (from, tail));
    }

    [Fact]
    public async Task A_snapshot_of_an_erased_person_is_unreadable_and_the_rest_of_its_history_is_folded()
    {
        var company = cluster.Company();
        var user = await Updated(company, 105);
        await DestroyKey(company, user);
        await cluster.Deactivate(user);
        var view = (await user.Get())!;
        Assert.Equal(("", "", Role.Bruker, 106), (view.FirstName, view.LastName, view.Role, view.Version));
    }

    [Fact]
    public async Task A_snapshot_that_was_moved_to_another_stream_is_not_believed()
    {
        var company = cluster.Company();
        var (one, other) = (await Updated(company, 101), await Updated(company, 101));
        await cluster.Deactivate(one);
        cluster.Reader.Spoiled[TestCompany.IdOf(one)] = (
            0,
            cluster.Writer.Units.Single(u => u.Streams[0].Stream.Id == TestCompany.IdOf(other) && u.Snapshot is not null).Snapshot!.State);
        Assert.Equal(($"ragnhild.{TestCompany.IdOf(one):n}@example.no", 102), ((await one.Get())!.Email, (await one.Get())!.Version));
        cluster.Reader.Spoiled.Clear();
    }

    [Fact]
    public async Task What_tells_of_nobody_is_stored_as_before_and_costs_no_key()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        Assert.All(await company.Log(), e => Assert.False(SealedJson.Holds(e.Data.Span)));
        Assert.Contains("Kari Nordmann", Encoding.UTF8.GetString((await company.Events(invoice))[0].Data.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Writer.Units.Where(u => u.Tenant == company.Tenant), u => u.Secrets.Count > 0);
    }

    private async Task<IUserGrain> Registered(TestCompany company, string name, Role role = Role.Bruker)
    {
        var id = Guid.CreateVersion7();
        var user = cluster.Grains.GetGrain<IUserGrain>(GrainKey.For(company.Id, id));
        await TestCompany.Done(
            user.Execute(new RegisterUser(id, company.Id, role, new($"{name}.{id:n}@example.no", name, "Vik"), [1]), Some.Context()));
        return user;
    }

    private async Task<IUserGrain> Updated(TestCompany company, int times)
    {
        var user = await Registered(company, "Ragnhild");
        for (var i = 0; i < times; i++) await TestCompany.Done(user.Execute(new UpdateProfile("Ragnhild", $"Vik {i}"), Some.Context()));
        return user;
    }

    private int KeysStored(IUserGrain user) =>
        cluster.Writer.Units.Where(u => u.Streams[0].Stream.Id == TestCompany.IdOf(user))
            .Sum(u => u.Secrets.Count(s => s.Kind == PersonKeys.Kind));

    private Task<byte[]?> Key(TestCompany company, IUserGrain user) =>
        cluster.Reader.FindSecret(company.Tenant, TestCompany.IdOf(user), PersonKeys.Kind, Cancel);

    private async Task DestroyKey(TestCompany company, IUserGrain user)
    {
        var unit = new AppendUnit
        {
            Tenant = company.Tenant,
            Streams = [new(
                company.Tenant, new("tests", Guid.CreateVersion7()), StreamVersion.Empty,
                [new(Guid.CreateVersion7(), "X_ERASED", 1, "{}"u8.ToArray())])],
            Metadata = "{}"u8.ToArray(),
            Secrets = [PersonKeys.Destruction(company.Tenant, TestCompany.IdOf(user))],
        };
        Assert.IsType<AppendResult.Appended>(await cluster.Writer.Append(unit, Cancel));
        cluster.Persons.Forget();
    }
}

public sealed class SqlitePersonTests(SqliteAggregates cluster) : PersonTests(cluster), IClassFixture<SqliteAggregates>;

public sealed class PostgresPersonTests(PostgresAggregates cluster) : PersonTests(cluster), IClassFixture<PostgresAggregates>;
