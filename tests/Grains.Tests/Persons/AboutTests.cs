using System.Text;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Hosting;
using Tms.Grains.Tests.Aggregates;
using Xunit;

namespace Tms.Grains.Tests.Persons;

/// <summary>A certificate tells of persons whose id is not its own, and gets its number inside the append.</summary>
public abstract class AboutTests(AggregateCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_numbered_event_is_sealed_with_the_keys_of_those_of_whom_it_tells()
    {
        var company = cluster.Company();
        var (ola, kari) = (new PersonSaid(Guid.CreateVersion7(), "Ola"), new PersonSaid(Guid.CreateVersion7(), "Kari"));
        var certificate = await Issued(company, ola, kari);

        var stored = Assert.Single(await company.Events(certificate, "certificates"));
        Assert.DoesNotContain("Ola", Encoding.UTF8.GetString(stored.Data.Span), StringComparison.Ordinal);
        Assert.Equal((1, "Ola", "Kari"), Said(await certificate.Get()));
        await cluster.Deactivate(certificate);
        Assert.Equal((1, "Ola", "Kari"), Said(await certificate.Get()));
        var keys = await Keys(company, ola, kari, new(TestCompany.IdOf(certificate), ""));
        Assert.Equal(new HashSet<Guid> { ola.Id, kari.Id }, keys.Keys.ToHashSet());
    }

    [Fact]
    public async Task An_erased_person_is_forgotten_by_the_aggregates_that_tell_of_it_and_others_stay()
    {
        var company = cluster.Company();
        var user = await Registered(company);
        var (ola, kari) = (new PersonSaid(TestCompany.IdOf(user), "Ola"), new PersonSaid(Guid.CreateVersion7(), "Kari"));
        var certificate = await Issued(company, ola, kari);

        await TestCompany.Done(user.Execute(new EraseUser(new(Guid.CreateVersion7(), Role.Hovedbruker)), Some.Context()));
        await certificate.AsReference<ILogFollower>().Forget();
        await cluster.Grains.GetGrain<IPersonTracesGrain>(GrainKey.For(company.Id, ola.Id)).Forget();

        Assert.Equal((1, "", "Kari"), Said(await certificate.Get()));
    }

    [Fact]
    public async Task What_is_said_of_an_erased_person_afterwards_is_read_by_nobody()
    {
        var company = cluster.Company();
        var user = await Registered(company);
        var (ola, kari) = (new PersonSaid(TestCompany.IdOf(user), "Ola"), new PersonSaid(Guid.CreateVersion7(), "Kari"));
        await TestCompany.Done(user.Execute(new EraseUser(new(Guid.CreateVersion7(), Role.Hovedbruker)), Some.Context()));

        var certificate = Certificate(company);
        var view = await TestCompany.Done(certificate.Execute(new IssueCertificate(ola, [kari]), Some.Context()));

        Assert.Equal((1, "", "Kari"), Said(view));
        Assert.Equal((1, "", "Kari"), Said(await certificate.Get()));
        Assert.DoesNotContain(ola.Id, (await Keys(company, ola, kari)).Keys);
        var unit = cluster.Writer.Units.Single(u => u.Streams[0].Stream.Id == TestCompany.IdOf(certificate));
        Assert.All(unit.Draw!.Complete([1]), e => Assert.Equal("", ((CertificateIssued)e.Value!).Holder.Name));
    }

    [Fact]
    public async Task Two_units_that_both_need_a_first_key_of_a_person_leave_one_that_opens_both()
    {
        var company = cluster.Company();
        var ola = new PersonSaid(Guid.CreateVersion7(), "Ola");
        var certificates = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Issued(company, ola)));
        foreach (var certificate in certificates)
        {
            await cluster.Deactivate(certificate);
            Assert.Equal("Ola", (await certificate.Get())!.Holder);
        }

        Assert.Equal(Enumerable.Range(1, 8), (await Task.WhenAll(certificates.Select(c => c.Get()))).Select(v => (int)v!.Number).Order());
    }

    [Fact]
    public async Task The_key_that_another_unit_makes_in_between_is_used_in_the_second_attempt()
    {
        var company = cluster.Company();
        var ola = new PersonSaid(Guid.CreateVersion7(), "Ola");
        var first = Certificate(company);
        ICertificateGrain? second = null;
        cluster.Writer.Next(TestCompany.IdOf(first), async (unit, store) =>
        {
            second = await Issued(company, ola);
            return await store(unit);
        });

        await TestCompany.Done(first.Execute(new IssueCertificate(ola, []), Some.Context()));

        foreach (var (number, certificate) in new[] { (1, second!), (2, first) })
        {
            cluster.Persons.Forget();
            await cluster.Deactivate(certificate);
            Assert.Equal((number, "Ola"), ((int)(await certificate.Get())!.Number, (await certificate.Get())!.Holder));
        }
    }

    [Fact]
    public async Task Numbers_that_change_of_whom_a_unit_tells_are_refused_and_leave_nothing()
    {
        var (company, services) = (cluster.Company(), cluster.Aggregates);
        var stream = new StreamName("certificates", Guid.CreateVersion7());
        var decision = Decision.Draw<CertificateEvent>("certificates", number =>
            [new CertificateIssued(number, "Brannvern", new(Guid.CreateVersion7(), "Ola"), [])]);
        var (unit, _) = await new UnitMaker<CertificateEvent>(services, company.Tenant, stream).Make(
            (Decision<CertificateEvent>.Accepted)decision, 0, Some.Context(), null);

        await Assert.ThrowsAsync<UnitRejectedException>(() => cluster.Writer.Append(unit, Cancel));
        Assert.Empty(await company.Log());
    }

    [Fact]
    public async Task A_stream_that_names_others_has_no_snapshot_not_even_a_sealed_one()
    {
        var (company, user) = (cluster.Company(), new PersonSaid(Guid.CreateVersion7(), "Ola"));
        await Issued(company, user);
        Snapshot plain = new(company.Tenant, new("any", user.Id), new(1), 1, [1, 2, 3]);
        var (ofUser, ofCertificate) = (Snapshots<UserEvent>(company), Snapshots<CertificateEvent>(company));
        Assert.Equal((true, false), (ofUser.MayBe, ofCertificate.MayBe));
        Assert.NotNull(await ofUser.Seal(plain));
        Assert.Null(await ofCertificate.Seal(plain));
    }

    private StreamSnapshots Snapshots<TEvent>(TestCompany company) => new(cluster.Aggregates, company.Tenant, typeof(TEvent), 1);

    private static (int Number, string Holder, string Witness) Said(CertificateView? view) =>
        ((int)view!.Number, view.Holder, view.Witnesses.Single());

    private ICertificateGrain Certificate(TestCompany company) =>
        cluster.Grains.GetGrain<ICertificateGrain>(GrainKey.For(company.Id, Guid.CreateVersion7()));

    private async Task<ICertificateGrain> Issued(TestCompany company, PersonSaid holder, params PersonSaid[] witnesses)
    {
        var certificate = Certificate(company);
        await TestCompany.Done(certificate.Execute(new IssueCertificate(holder, witnesses), Some.Context()));
        return certificate;
    }

    private async Task<IUserGrain> Registered(TestCompany company)
    {
        var id = Guid.CreateVersion7();
        var user = cluster.Grains.GetGrain<IUserGrain>(GrainKey.For(company.Id, id));
        await TestCompany.Done(
            user.Execute(new RegisterUser(id, company.Id, Role.Bruker, new($"{id:n}@example.no", "Ola", "Vik"), [1]), Some.Context()));
        return user;
    }

    private ValueTask<IReadOnlyDictionary<Guid, PersonKey>> Keys(TestCompany company, params PersonSaid[] persons) =>
        cluster.Persons.Find(company.Tenant, persons.Select(p => p.Id), Cancel);
}

public sealed class SqliteAboutTests(SqliteAggregates cluster) : AboutTests(cluster), IClassFixture<SqliteAggregates>;

public sealed class PostgresAboutTests(PostgresAggregates cluster) : AboutTests(cluster), IClassFixture<PostgresAggregates>;
