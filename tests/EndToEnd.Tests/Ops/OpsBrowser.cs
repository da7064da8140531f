using System.Text.RegularExpressions;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Ops;

/// <summary>A browser of an operator: keeps the cookies of /ops and posts forms with what is hidden in them.</summary>
internal sealed partial class OpsBrowser(Uri node) : IDisposable
{
    public const string Login = "/ops/login";
    public const string Dashboard = "/ops/orleans";

    private readonly HttpClient _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = node };

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>The attributes with which each cookie was last set.</summary>
    public Dictionary<string, string> Attributes { get; } = [];

    public async Task<Answer> Send(
        HttpMethod method, string path, Dictionary<string, string>? form = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set)) foreach (var cookie in set) Keep(cookie);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer($"{method} {path}", (int)answer.StatusCode, answer.Headers, answer.Content.Headers, body);
    }

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <summary>Fills in the login form and sends it.</summary>
    public async Task<Answer> LogIn(string email, string password)
    {
        var page = (await Get(Login)).Expect(200);
        return await Send(
            HttpMethod.Post, Login, new() { ["form"] = Hidden(page), ["email"] = email, ["password"] = password },
            ("Sec-Fetch-Site", "same-origin"));
    }

    /// <summary>The administrator's browser, logged in.</summary>
    public static async Task<OpsBrowser> OfAdmin(Uri node)
    {
        var browser = new OpsBrowser(node);
        (await browser.LogIn(ApiSite.Admin.Email, ApiSite.Admin.Password)).Expect(303);
        return browser;
    }

    /// <summary>The token that a page's form hides.</summary>
    public static string Hidden(Answer page) => Token().Match(page.Body).Groups[1].Value;

    public void Dispose() => _http.Dispose();

    private void Keep(string cookie)
    {
        var (pair, attributes) = (cookie.Split(';')[0], cookie.ToLowerInvariant());
        var (name, value) = (pair.Split('=')[0], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Attributes[name] = attributes;
        if (value.Length == 0) Cookies.Remove(name);
        else Cookies[name] = value;
    }

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
