using System.Text.Json;

namespace Tms.Api.Tests.Documents;

/// <summary>What an action is decides which problems it declares, and under which codes.</summary>
public sealed class AnswerableTests
{
    [Theory]
    [InlineData(2, "get", "/economy/invoices", "200 400 401 403 404 406 429 503")]
    [InlineData(2, "get", "/economy/invoices/{id}", "200 304 400 401 403 404 406 429 503")]
    [InlineData(2, "post", "/economy/invoices", "201 400 401 403 404 406 408 409 412 413 415 422 429 503")]
    [InlineData(2, "put", "/economy/invoices/{id}", "200 400 401 403 404 406 408 409 412 413 415 422 428 429 503")]
    [InlineData(2, "post", "/economy/invoices/{id}/send", "200 400 401 403 404 406 409 412 413 422 429 503")]
    [InlineData(2, "delete", "/api-keys/{id}", "204 400 401 403 404 406 409 412 413 429 503")]
    [InlineData(2, "post", "/auth/login", "200 400 401 406 408 409 413 415 422 429 503")]
    [InlineData(2, "post", "/auth/password/forgot", "202 400 406 408 409 413 415 422 429 503")]
    [InlineData(1, "get", "/economy/invoices", "200 400 401 403 404 406 410 429 503")]
    [InlineData(1, "put", "/economy/invoices/{id}", "200 400 401 403 404 406 408 409 410 412 413 415 429 503")]
    public async Task Its_kind_says_which_problems_it_can_answer_with(int version, string method, string path, string statuses)
    {
        var said = (await Operation(version, method, path)).GetProperty("responses").EnumerateObject().Select(answer => answer.Name);
        Assert.Equal(statuses, string.Join(' ', said.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("post", "/economy/invoices/{id}/send", "409", "invoice_not_draft")]
    [InlineData("post", "/economy/invoices", "400", "company_required")]
    [InlineData("post", "/api-keys", "400", "idempotency_key_not_taken")]
    [InlineData("get", "/economy/invoices", "403", "module_not_active")]
    [InlineData("post", "/auth/login", "401", "second_factor_required")]
    public async Task It_names_the_codes_of_a_status(string method, string path, string status, string code)
    {
        var answer = (await Operation(2, method, path)).GetProperty("responses").GetProperty(status);
        Assert.Contains(code, answer.GetProperty("x-codes").EnumerateArray().Select(one => one.GetString()));
    }

    private static async Task<JsonElement> Operation(int version, string method, string path) =>
        (await OwnDocuments.Of(version)).GetProperty("paths").GetProperty($"/api/v{version}{path}").GetProperty(method);
}
