using System.Collections.Frozen;
using Tms.Domain.Access;
using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Access;

/// <summary>One function says who sees what: by permission, module, person and rooms, and by any combination of them.</summary>
public sealed class SightTests
{
    private static readonly Guid Company = Guid.CreateVersion7();
    private static readonly Guid Kari = Guid.CreateVersion7();
    private static readonly Guid Room = Guid.CreateVersion7();

    private static readonly Audience PersonOrManager = Audience.Of(Permission.UsersManage).Or(Audience.Person(Permission.OwnProfile));

    [Theory]
    [InlineData(Role.Elev, false)]
    [InlineData(Role.Bruker, true)]
    public async Task A_permission_is_enough_for_what_is_the_companys(Role role, bool sees) =>
        Assert.Equal(sees, await Sees(Some(role), Audience.Of(Permission.EconomyRead)));

    [Fact]
    public async Task What_belongs_to_a_module_is_seen_by_nobody_while_it_is_not_active()
    {
        Assert.True(await Sees(Some(Role.Admin), Permission.EconomyRead));
        Assert.False(await Sees(Some(Role.Admin), Permission.EconomyRead, active: false));
        Assert.True(await Sees(Some(Role.Admin), Permission.CompanyRead, active: false));
        Assert.False(await Sees(Some(Role.Bruker) with { Person = Kari }, Audience.Person(Permission.EconomyRead), active: false));
    }

    [Fact]
    public async Task What_concerns_one_person_is_seen_by_that_person_alone()
    {
        var audience = Audience.Person(Permission.OwnProfile);
        Assert.True(await Sees(Some(Role.Elev) with { Person = Kari }, audience));
        foreach (var role in Enum.GetValues<Role>()) Assert.False(await Sees(Some(role), audience));
        Assert.Empty(audience.ForAll);
    }

    [Fact]
    public async Task A_combination_is_seen_on_any_of_its_grounds()
    {
        Assert.True(await Sees(Some(Role.Elev) with { Person = Kari }, PersonOrManager));
        Assert.True(await Sees(Some(Role.Hovedbruker), PersonOrManager));
        Assert.False(await Sees(Some(Role.Bruker), PersonOrManager));
        Assert.Equal([new Ground(Permission.UsersManage, Reach.Company)], PersonOrManager.ForAll);
    }

    [Fact]
    public async Task A_room_is_seen_by_its_members_who_may_read_it()
    {
        var audience = Audience.Room(Permission.OwnProfile);
        Assert.False(await Sees(Some(Role.Admin), audience, subject: Room));
        Assert.True(await Sees(Some(Role.Elev) with { Rooms = new[] { Room }.ToFrozenSet() }, audience, subject: Room));
    }

    [Fact]
    public async Task Whoever_has_left_the_companys_room_still_gets_what_concerns_itself()
    {
        var left = Some(Role.Hovedbruker) with { Person = Kari, SeesCompany = false };
        Assert.False(await Sees(left, Permission.CompanyRead));
        Assert.True(await Sees(left, PersonOrManager));
        Assert.False(await Sees(left with { Person = null }, PersonOrManager));
    }

    [Fact]
    public void The_person_may_be_another_than_the_stream()
    {
        var audience = Audience.Person<Concerned>(Permission.OwnProfile, e => e.Person);
        Assert.Equal([new Ground(Permission.OwnProfile, Reach.Person, Kari)], audience.For(Room, new Concerned(Kari)));
        Assert.Empty(audience.For(Room, new Concerned(null)));
        Assert.Throws<ArgumentNullException>(() => audience.For(Room));
    }

    [Theory]
    [InlineData("USER_LOGIN")]
    [InlineData("USER_LOGIN_FAILED")]
    public void Logins_are_for_the_user_whose_stream_they_are_in(string name) =>
        Assert.Equal([new Ground(Permission.OwnProfile, Reach.Person, Kari)], TmsEvents.Catalog.Find(name)!.SeenBy(Kari, "unread"u8, 1));

    private static Viewer Some(Role role) => new(Company, permission => role.May(permission)) { Person = Guid.CreateVersion7() };

    private static ValueTask<bool> Sees(Viewer viewer, Audience audience, bool active = true, Guid? subject = null) =>
        viewer.Sees(audience.For(subject ?? Kari), new Modules(active));

    private sealed record Concerned(Guid? Person);

    private sealed record Modules(bool Active) : IActiveModules
    {
        public ValueTask<bool> HasActive(Guid company, Module module) => new(Active && company == Company);
    }
}
