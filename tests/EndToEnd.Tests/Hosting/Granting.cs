using System.Reflection;
using System.Text.Json.Serialization;
using Tms.Domain.Users;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>What those who may do it give and take away.</summary>
internal static class Granting
{
    /// <summary>A new API key of a company.</summary>
    public static async Task<Client> Key(this ApiFixture api, Company company, params Permission[] scopes) =>
        api.Anonymous.With(
            (await company.Lead.Post("/api/v2/api-keys", new { name = "lønn", scopes = scopes.Select(Wire) }))
                .Expect(201)["key"].GetString());

    /// <summary>Says which modules a company has from now on.</summary>
    public static async Task SetModules(this ApiFixture api, Company company, params string[] modules) =>
        (await api.Admin.Put($"/api/v2/companies/{company.Id}/modules", new { modules }, ("If-Match", "*"))).Expect(200);

    /// <summary>The scope's name on the wire.</summary>
    public static string Wire(Permission permission) =>
        typeof(Permission).GetField(permission.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;
}
