using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Roles;

/// <summary>An address of the table, as the product describes it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">With its version, ids as <c>{id}</c>.</param>
/// <param name="Least">The least role that may; 0: anybody.</param>
/// <param name="OfCompany">Whether an ADMIN must name the company.</param>
/// <param name="Permission">What the product's own description says is needed; null: nothing.</param>
/// <param name="IsList">Whether the product's own description has pages with cursors.</param>
/// <param name="Own">The permission that is enough for the caller's own things; null: none is.</param>
internal sealed record AccessCell(
    string Method, string Path, Role Least, bool OfCompany, Permission? Permission, bool IsList, Permission? Own)
{
    private static readonly string[] ModuleAreas = ["/economy/", "/hr/", "/quiz", "/certificates/", "/sikkerhetskontroll"];

    public bool IsV1 => Path.StartsWith("/api/v1", StringComparison.Ordinal);

    /// <summary>
    /// Whether it belongs to a module that a company can be without (contract, sections 4 and 5), whatever the product's table says.
    /// </summary>
    public bool NeedsModule => ModuleAreas.Any(area => Path.Contains(area, StringComparison.Ordinal));

    /// <summary>Whether a role is let in at all: to everybody's things, or to its own.</summary>
    public bool LetsIn(Role role) => (Permission is { } all && role.May(all)) || (Own is { } own && role.May(own));

    /// <summary>Whether it names one thing that could be another company's.</summary>
    public bool NamesOne => Path.Contains('{', StringComparison.Ordinal) && Least < Role.Admin;

    /// <summary>Asks it as it is written, its things named.</summary>
    public Task<Answer> Ask(Client client, string body) => Ask(client, Guid.Empty, body);

    /// <summary>Asks it about one thing, with a body or none, under a condition that always holds.</summary>
    public Task<Answer> Ask(Client client, Guid id, string body = "{}", params (string Name, string Value)[] headers)
    {
        var path = Path.Replace("{id}", id.ToString(), StringComparison.Ordinal)
            .Replace("{paymentId}", id.ToString(), StringComparison.Ordinal).Replace("{name}", "nothing", StringComparison.Ordinal)
            .Replace("{kid}", "nothing", StringComparison.Ordinal);
        (string, string)[] all = [("If-Match", "*"), .. headers];
        return Method switch
        {
            "GET" => client.Get(path, headers),
            "PUT" => client.PutText(path, body, all),
            "PATCH" => client.PatchText(path, body, all),
            "DELETE" => client.Delete(path, headers),
            _ => client.PostText(path, body, headers),
        };
    }

    public override string ToString() => $"{Method} {Path}";
}
