using System.Net;

namespace Tms.Api.Tests.Hosting;

/// <summary>Pages that people open from a mail.</summary>
public sealed class PageTests(SharedApi shared) : IClassFixture<SharedApi>
{
    [Theory]
    [InlineData("/", null)]
    [InlineData("/join", "api/v2/auth/register")]
    [InlineData("/reset-password", "api/v2/auth/password/reset")]
    [InlineData("/confirm-email", "api/v2/auth/email/confirm")]
    public async Task A_page_is_in_the_language_of_its_reader_and_runs_nothing_of_others(string path, string? to)
    {
        foreach (var (accepted, language) in ((string, string)[])[
            ("", "nb"), ("nb-NO, en;q=0.8", "nb"), ("nn", "nb"), ("de, en;q=0.5, nb;q=0.1", "en"), ("en-GB", "en"), ("fr", "nb")])
        {
            using var answer = await shared.Api.Get(path, ("Accept-Language", accepted));
            Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("//", html.Replace("<!doctype html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            if (to is not null) Assert.Contains($"data-to=\"{to}\"", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/pages/pages.js", "text/javascript")]
    [InlineData("/pages/pages.css", "text/css")]
    public async Task What_a_page_needs_comes_from_here(string path, string type)
    {
        using var answer = await shared.Api.Get(path);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
