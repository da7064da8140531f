using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Routing;
using Tms.Api.Security;

namespace Tms.Architecture.Tests;

/// <summary>What every action of a controller says of itself.</summary>
public sealed class ActionTests
{
    private static MethodInfo[] Actions =>
    [
        .. Production.TypesOf(Production.Assembly("Api")).Where(type => typeof(ControllerBase).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(HttpMethodAttribute))),
    ];

    [Fact]
    public void Every_action_declares_its_answers()
    {
        Assert.True(Actions.Length > 80, $"{Actions.Length} actions");
        Assert.Empty(Named(Actions.Where(action => !action.GetCustomAttributes().OfType<IApiResponseMetadataProvider>().Any())));
    }

    [Fact]
    public void What_is_written_on_an_action_is_either_a_permission_or_that_it_is_open() =>
        Assert.Empty(Named(Actions.Where(action => Says<RequiresAttribute>(action) && Says<AllowAnonymousAttribute>(action))));

    // What a controller says holds for its actions, too: neither takes the other back.
    private static bool Says<T>(MethodInfo action)
        where T : Attribute => action.IsDefined(typeof(T)) || action.DeclaringType!.IsDefined(typeof(T));

    private static IEnumerable<string> Named(IEnumerable<MethodInfo> actions) =>
        actions.Select(action => $"{action.DeclaringType!.Name}.{action.Name}");
}
