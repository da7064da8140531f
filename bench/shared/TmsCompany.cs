using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bench;

/// <summary>A company of TMS with the person who runs it, and the commands that load programs send as that person.</summary>
/// <remarks>An access token holds 15 minutes: longer runs are made of several.</remarks>
public sealed class TmsCompany
{
    private readonly HttpClient _http;

    private TmsCompany(HttpClient http, Guid id, string token) => (_http, Id, Token) = (http, id, token);

    public Guid Id { get; }

    public string Token { get; }

    /// <summary>The person; empty where the company was registered earlier.</summary>
    public Guid User { get; private init; }

    /// <summary>Registers a new company; its name, number and e-mail address are its own.</summary>
    public static async Task<TmsCompany> Register(HttpClient http, string name, string organisationNumber)
    {
        using var answer = await http.PostAsJsonAsync("/api/v2/auth/register", new
        {
            company = new { name, organisationNumber },
            firstName = "Bench",
            lastName = "Runner",
            email = $"bench-{Guid.CreateVersion7():N}@example.com",
            password = "correct horse battery 42",
        });
        var body = await Body(answer);
        var user = body.GetProperty("user");
        return new TmsCompany(http, user.GetProperty("companyId").GetGuid(), body.GetProperty("accessToken").GetString()!)
        {
            User = user.GetProperty("id").GetGuid(),
        };
    }

    /// <summary>A company registered earlier, while its token holds.</summary>
    public static TmsCompany Known(HttpClient http, Guid id, string token) => new(http, id, token);

    public static async Task<List<TmsCompany>> Register(HttpClient http, int count)
    {
        var companies = new List<TmsCompany>();
        foreach (var number in OrganisationNumbers.First(count))
        {
            companies.Add(await Register(http, $"company-{companies.Count + 1:000}", number));
        }

        return companies;
    }

    /// <summary>Makes a draft of three lines, as load/profiles/tms.json does.</summary>
    public Task<(Guid Id, int Version)> Create(string customer) => Command(HttpMethod.Post, "/api/v2/economy/invoices", Draft(customer));

    /// <summary>Replaces a draft.</summary>
    public Task<(Guid Id, int Version)> Update(Guid id, int version, string customer) =>
        Command(HttpMethod.Put, $"/api/v2/economy/invoices/{id}", Draft(customer), $"\"{version}\"");

    public Task<(Guid Id, int Version)> Send(Guid id) => Command(HttpMethod.Post, $"/api/v2/economy/invoices/{id}/send", null);

    public Task<(Guid Id, int Version)> Pay(Guid id) => Command(HttpMethod.Post, $"/api/v2/economy/invoices/{id}/pay", null);

    public async Task<JsonElement> Get(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var answer = await _http.SendAsync(request);
        return await Body(answer);
    }

    /// <summary>Sends a command without a body under a key; the first time it is done, then it is answered again.</summary>
    public async Task<JsonElement> Repeat(string path, string key)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await _http.SendAsync(request);
        return await Body(answer);
    }

    private async Task<(Guid Id, int Version)> Command(HttpMethod method, string path, object? body, string? ifMatch = null)
    {
        using var request = Request(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(ifMatch));
        }

        using var answer = await _http.SendAsync(request);
        var view = await Body(answer);
        return (view.GetProperty("id").GetGuid(), view.GetProperty("version").GetInt32());
    }

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };

    private static async Task<JsonElement> Body(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<JsonElement>()
        : throw new HttpRequestException(
            $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");

    private static object Draft(string customer) => new
    {
        customer = new { name = customer },
        lines = new[]
        {
            new { description = "Consulting, senior engineer", quantity = 12, unitPrice = 145.50m, vatRate = 25 },
            new { description = "Hosting, monthly, region west", quantity = 1, unitPrice = 890.00m, vatRate = 25 },
            new { description = "Support hours, business days", quantity = 7, unitPrice = 95.25m, vatRate = 25 },
        },
    };
}
