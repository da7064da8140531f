using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Roles;

/// <summary>The addresses of both versions' documents, with the least roles of <see cref="RoleMatrixTests.Table"/>; counts what is asked and tells all that is wrong.</summary>
internal sealed class AccessMatrix
{
    private const string Needs = "Needs the permission ";
    private const string NeedsForOwn = "For one's own: the permission ";
    private readonly List<string> _wrong = [];

    private AccessMatrix(IReadOnlyList<AccessCell> cells) => Cells = cells;

    public IReadOnlyList<AccessCell> Cells { get; }

    public int Asked { get; private set; }

    public static async Task<AccessMatrix> Of(Client anonymous)
    {
        var permissions = new Dictionary<string, (Permission? All, Permission? Own)>();
        foreach (var version in (string[])["v1", "v2"])
        {
            foreach (var path in (await anonymous.Get($"/openapi/{version}.json")).Expect(200)["paths"].EnumerateObject())
            {
                foreach (var operation in path.Value.EnumerateObject())
                {
                    var text = operation.Value.TryGetProperty("description", out var said) ? said.GetString()! : "";
                    permissions[$"{operation.Name.ToUpperInvariant()} {path.Name}"] = (Named(text, Needs), Named(text, NeedsForOwn));
                }
            }
        }

        return new([.. RoleMatrixTests.Table.Select(row => Cell(row, permissions[$"{row.Method} {row.Path}"]))]);
    }

    private static AccessCell Cell((string Method, string Path, Role Least, bool OfCompany) row, (Permission? All, Permission? Own) asked) =>
        new(row.Method, row.Path, row.Least, row.OfCompany, asked.All, asked.Own);

    private static Permission? Named(string text, string before) =>
        text.IndexOf(before, StringComparison.Ordinal) is >= 0 and var at ? Enum.Parse<Permission>(text[(at + before.Length)..].Split('.')[0]) : null;

    /// <summary>Notes an answer that is none of these statuses, or has another code.</summary>
    public void Expect(Answer answer, string what, int[] statuses, string? code = null)
    {
        Asked++;
        var fault = !statuses.Contains(answer.Status) ? $"status {answer.Status}"
            : code is not null && answer.Code != code ? $"code {answer.Code}"
            : answer.Body.Contains("Exception", StringComparison.Ordinal) ? "inner words"
            : null;
        if (fault is not null) _wrong.Add($"{what}: {fault}, expected {string.Join('/', statuses)} {code}: {answer.Body[..Math.Min(200, answer.Body.Length)]}");
    }

    /// <summary>Notes an answer that does not let the caller through to what the request says.</summary>
    public void LetsThrough(Answer answer, string what)
    {
        Asked++;
        if (answer.Status is 401 or 403 or 405 or >= 500) _wrong.Add($"{what}: status {answer.Status}: {answer.Body[..Math.Min(200, answer.Body.Length)]}");
    }

    public void Note(bool holds, string what)
    {
        Asked++;
        if (!holds) _wrong.Add(what);
    }

    public void End()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{Asked} cells over {Cells.Count} addresses");
        Assert.True(_wrong.Count == 0, string.Join(Environment.NewLine, _wrong));
    }
}
