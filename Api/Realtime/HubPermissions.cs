using System.Collections.Frozen;
using System.Reflection;
using Tms.Api.Security;
using Tms.Domain.Users;

namespace Tms.Api.Realtime;

/// <summary>What each method of the hub asks of its caller: the same words as on actions, read from the methods themselves.</summary>
internal static class HubPermissions
{
    private static readonly FrozenDictionary<string, Permission?> Methods = typeof(LiveHub)
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(static method => method.GetBaseDefinition() == method && !method.IsSpecialName)
        .ToFrozenDictionary(static method => method.Name, static method => method.GetCustomAttribute<RequiresAttribute>()?.Permission);

    /// <summary>Every method that clients can call, and what it asks of them.</summary>
    public static IEnumerable<(string Method, Permission Permission)> All =>
        Methods.Select(static method => (method.Key, method.Value ?? throw Silent(method.Key)));

    /// <summary>Stops the start where a method does not say who may call it.</summary>
    /// <exception cref="InvalidOperationException">There is such a method.</exception>
    public static void Check() => _ = All.Count();

    /// <summary>Whether a caller may call a method.</summary>
    public static bool May(LiveCaller caller, string method) =>
        Methods.GetValueOrDefault(method) is { } permission && caller.May(permission);

    private static InvalidOperationException Silent(string method) => new($"The hub's method {method} does not say [Requires].");
}
