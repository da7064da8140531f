using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Realtime;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Security;

/// <summary>One table says who may do what: actions, hub methods and events' audiences all name a permission of it.</summary>
public sealed class AuthorizationTableTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    [Fact]
    public void Every_action_hub_method_and_event_names_what_it_needs()
    {
        var actions = shared.Api.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items;
        Assert.All(actions, action => Assert.Contains(action.EndpointMetadata, m => m is RequiresAttribute or IAllowAnonymous));
        HubPermissions.Check();
        var hub = HubPermissions.All.ToArray();
        Assert.Equal(["RefreshToken", "Subscribe", "Unsubscribe"], hub.Select(method => method.Method).Order(StringComparer.Ordinal));

        var guarded =
            actions.Select(action => action.EndpointMetadata.OfType<RequiresAttribute>().LastOrDefault()?.Permission).OfType<Permission>();
        var audiences = TmsEvents.Catalog.All.SelectMany(type => type.Audience?.Permissions ?? []);
        Permission[] all = [.. guarded, .. hub.Select(method => method.Permission), .. audiences];
        Assert.All(all, permission => Assert.True(Role.Admin.May(permission), $"nobody has {permission}"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{all.Length} permissions asked ({hub.Length} by the hub, {TmsEvents.Catalog.All.Count} event types) x {Roles.Length} roles "
                + $"= {all.Length * Roles.Length} cells");
    }

    [Fact]
    public void A_higher_role_may_all_that_a_lower_one_may() =>
        Assert.All(
            Enum.GetValues<Permission>(),
            permission => Assert.Equal(Roles.Select(role => role.May(permission)).Order(), Roles.Select(role => role.May(permission))));

    [Fact]
    public void No_key_can_have_what_is_a_persons_or_the_platforms() =>
        Assert.Equal(
            [Permission.CompanyRead, Permission.EconomyRead, Permission.EconomyDraft, Permission.EconomyRun, Permission.Audit],
            Enum.GetValues<Permission>().Where(permission => permission.IsForKeys()));
}
