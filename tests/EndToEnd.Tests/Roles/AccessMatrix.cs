using System.Text.Json;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Roles;

/// <summary>
/// The addresses of both versions' documents, with the least roles of <see cref="RoleMatrixTests.Table"/>; counts what is asked and tells
/// all that is wrong when it is disposed.
/// </summary>
internal sealed class AccessMatrix : IAsyncDisposable
{
    private readonly List<string> _wrong = [];

    private AccessMatrix(IReadOnlyList<AccessCell> cells) => Cells = cells;

    public IReadOnlyList<AccessCell> Cells { get; }

    public int Asked { get; private set; }

    public static async Task<AccessMatrix> Of(Client anonymous)
    {
        var said = new Dictionary<string, Said>();
        foreach (var version in (string[])["v1", "v2"])
        {
            foreach (var path in (await anonymous.Get($"/openapi/{version}.json")).Expect(200)["paths"].EnumerateObject())
            {
                foreach (var operation in path.Value.EnumerateObject())
                {
                    said[$"{operation.Name.ToUpperInvariant()} {path.Name}"] = Said.By(operation.Value);
                }
            }
        }

        return new([.. RoleMatrixTests.Table.Select(row => Cell(row, said[$"{row.Method} {row.Path}"]))]);
    }

    /// <summary>Notes an answer that is none of these statuses, or has another code.</summary>
    public void Expect(Answer answer, string what, int[] statuses, string? code = null)
    {
        Asked++;
        var fault = !statuses.Contains(answer.Status) ? $"status {answer.Status}"
            : code is not null && answer.Code != code ? $"code {answer.Code}"
            : answer.Body.Contains("Exception", StringComparison.Ordinal) ? "inner words"
            : null;
        if (fault is not null)
            _wrong.Add(
                $"{what}: {fault}, expected {string.Join('/', statuses)} {code}: {answer.Body[..Math.Min(200, answer.Body.Length)]}");
    }

    /// <summary>Notes an answer that says that there is no such thing, or does not let the caller through to it.</summary>
    public void Finds(Answer answer, string what)
    {
        LetsThrough(answer, what);
        if (answer.Status == 404) _wrong.Add($"{what}: status 404");
    }

    /// <summary>Notes an answer that does not let the caller through to what the request says.</summary>
    public void LetsThrough(Answer answer, string what)
    {
        Asked++;
        if (answer.Status is 401 or 403 or 405 or >= 500)
            _wrong.Add($"{what}: status {answer.Status}: {answer.Body[..Math.Min(200, answer.Body.Length)]}");
    }

    public void Note(bool holds, string what)
    {
        Asked++;
        if (!holds) _wrong.Add(what);
    }

    public ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{Asked} cells over {Cells.Count} addresses");
        Assert.True(_wrong.Count == 0, string.Join(Environment.NewLine, _wrong));
        return ValueTask.CompletedTask;
    }

    private static AccessCell Cell((string Method, string Path, Role Least, bool OfCompany) row, Said said) =>
        new(row.Method, row.Path, row.Least, row.OfCompany, said.All, said.IsList, said.Own);

    /// <summary>What the product's own description says of an operation.</summary>
    private sealed record Said(Permission? All, Permission? Own, bool IsList)
    {
        private const string Needs = "Needs the permission ";
        private const string NeedsForOwn = "For one's own: the permission ";

        public static Said By(JsonElement operation)
        {
            var text = operation.TryGetProperty("description", out var said) ? said.GetString()! : "";
            return new(Named(text, Needs), Named(text, NeedsForOwn), HasCursor(operation));
        }

        private static Permission? Named(string text, string before) =>
            text.IndexOf(before, StringComparison.Ordinal) is >= 0 and var at
                ? Enum.Parse<Permission>(text[(at + before.Length)..].Split('.')[0])
                : null;

        private static bool HasCursor(JsonElement operation) =>
            operation.TryGetProperty("parameters", out var all)
                && all.EnumerateArray().Any(parameter => parameter.TryGetProperty("name", out var name) && name.ValueEquals("cursor"));
    }
}
