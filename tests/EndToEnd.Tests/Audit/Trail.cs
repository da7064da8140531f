using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Audit;

/// <summary>Reads audit trails.</summary>
internal static class Trail
{
    public const string Path = "/api/v2/audit";

    /// <summary>The rows of one answer.</summary>
    public static JsonElement[] Items(this Answer answer) => [.. answer.Expect(200)["items"].EnumerateArray()];

    public static long Position(this JsonElement envelope) => envelope.GetProperty("position").GetInt64();

    public static DateTimeOffset At(this JsonElement envelope) => envelope.GetProperty("time").GetDateTimeOffset();

    public static string Text(this JsonElement envelope, string name) => envelope.GetProperty(name).GetString()!;

    /// <summary>All rows that a query has, page by page.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Audit(this Client client, string query = "") =>
        (await client.AuditPages(query)).SelectMany(page => page).ToArray();

    /// <summary>The pages of a query.</summary>
    public static async Task<IReadOnlyList<JsonElement[]>> AuditPages(this Client client, string query)
    {
        var pages = new List<JsonElement[]>();
        for (string? cursor = null; ;)
        {
            var answer = await client.Get($"{Path}?{query}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            pages.Add(answer.Items());
            cursor = answer["nextCursor"].GetString();
            if (cursor is null) return pages;
            Assert.True(pages.Count < 1000, "the pages have no end");
        }
    }
}
