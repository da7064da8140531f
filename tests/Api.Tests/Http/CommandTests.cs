using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Http;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tests.Http;

public sealed class CommandTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Guarded = "/api/v2/guarded";
    private const string Body = """{"name":"abc","amount":10}""";

    private ApiHost Api => shared.Api;

    [Fact]
    public async Task A_command_carries_who_why_and_the_trace()
    {
        var company = Guid.CreateVersion7();
        using var answer = await Api.Post(
            Guarded, Body, Api.As(Role.Admin), ("X-Company-Id", company.ToString()), ("X-Correlation-ID", "c-1"),
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        var context = await answer.Json();
        Assert.Equal("c-1", context.GetProperty("correlationId").GetString());
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", context.GetProperty("traceParent").GetString(), StringComparison.Ordinal);
        Assert.Equal(7, context.GetProperty("commandId").GetGuid().Version);
        Assert.Equal(TenantId.Platform.Value, context.GetProperty("actorCompany").GetGuid());
        Assert.Equal(JsonValueKind.Null, context.GetProperty("keyHash").ValueKind);
    }

    [Fact]
    public async Task A_key_means_the_same_command_however_the_body_is_written()
    {
        var me = Api.As(Role.Bruker);
        var first = await Key(me, Guarded, Body, "k1");
        Assert.Equal(first, await Key(me, "/api/guarded", """{ "amount":1.0e1, "na\u006de":"abc" }""", "k1"));
        Assert.Equal(first.Hash, (await Key(me, Guarded, """{"name":"abc","amount":11}""", "k1")).Hash);
        Assert.NotEqual(first.Fingerprint, (await Key(me, Guarded, """{"name":"abc","amount":11}""", "k1")).Fingerprint);
        Assert.NotEqual(first.Hash, (await Key(me, Guarded, Body, "k2")).Hash);
        Assert.NotEqual(first.Hash, (await Key(Api.As(Role.Bruker), Guarded, Body, "k1")).Hash);
        Assert.NotEqual(first.Hash, (await Key(me, $"{Guarded}/{Guid.NewGuid()}/send", "", "k1")).Hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("tab\there")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        using var answer = await Api.Post(Guarded, Body, Api.As(Role.Bruker), ("Idempotency-Key", key));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        var me = Api.As(Role.Bruker);
        using var longest = await Api.Post(Guarded, Body, me, ("Idempotency-Key", new string('k', 255)));
        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        using var longer = await Api.Post(Guarded, Body, me, ("Idempotency-Key", new string('k', 256)));
        Assert.Equal("invalid_idempotency_key", await longer.Code());
    }

    [Theory]
    [InlineData("\"12\"", "12")]
    [InlineData("\"12\", \"13\"", "12,13")]
    [InlineData("\"abc\"", "-1")]
    [InlineData("\"12\",", "12")]
    [InlineData(" , ,\"12\"", "12")]
    [InlineData("\"12,13\"", "-1")]
    [InlineData("W/\"12\"", "-1")]
    [InlineData("W/\"12\", \"13\"", "-1,13")]
    [InlineData("\"012\"", "-1")]
    [InlineData("\"12-v1\"", "12")]
    [InlineData("\"12-v2\"", "-1")]
    [InlineData("*", "")]
    public async Task If_Match_names_the_versions_that_the_caller_takes(string header, string versions)
    {
        using var answer = await Api.Send(HttpMethod.Put, $"{Guarded}/{Guid.NewGuid()}", Body, Api.As(Role.Bruker), ("If-Match", header));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var expected = (await answer.Json()).GetProperty("expectedVersions");
        Assert.Equal(
            versions,
            expected.ValueKind == JsonValueKind.Null ? "" : string.Join(',', expected.EnumerateArray().Select(v => v.GetInt32())));
    }

    [Theory]
    [InlineData("w/\"12\"")]
    [InlineData("12")]
    [InlineData(",")]
    [InlineData("\"12")]
    [InlineData("\"12\" \"13\"")]
    [InlineData("\"1 2\"")]
    [InlineData("\"12\", *")]
    public async Task An_If_Match_that_is_none_is_refused(string header)
    {
        using var answer = await Api.Send(HttpMethod.Put, $"{Guarded}/{Guid.NewGuid()}", Body, Api.As(Role.Bruker), ("If-Match", header));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_precondition", await answer.Code());
    }

    [Fact]
    public async Task A_PUT_says_what_it_read_unless_the_work_was_done_without_coverage()
    {
        using var answer = await Api.Send(HttpMethod.Put, $"{Guarded}/{Guid.NewGuid()}", Body, Api.As(Role.Bruker));
        Assert.Equal(428, (int)answer.StatusCode);
        Assert.Equal("precondition_required", await answer.Code());
        using var late = await Api.Send(HttpMethod.Put, $"{Guarded}/{Guid.NewGuid()}/late", Body, Api.As(Role.Bruker));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [Theory]
    [InlineData("\"3\"", 304)]
    [InlineData("W/\"3\"", 304)]
    [InlineData("\"1\", \"3\"", 304)]
    [InlineData(",\"1,2\",, \"3\" ,", 304)]
    [InlineData("\"3,4\"", 200)]
    [InlineData("\"03\"", 200)]
    [InlineData("\"3-v1\"", 200)]
    [InlineData("3", 200)]
    [InlineData("*", 304)]
    [InlineData("\"4\"", 200)]
    public async Task What_the_caller_knows_is_not_sent_again(string known, int status)
    {
        using var answer = await Api.Get(Guarded + "/3", Api.As(Role.Bruker), ("If-None-Match", known));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("\"3\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_page_is_written_row_by_row()
    {
        using var answer = await Api.Get(Guarded + "/list?count=2", Api.As(Role.Bruker));
        Assert.Equal(
            """{"items":[1,2],"nextCursor":null,"total":2}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_cursor_opens_only_unaltered_and_only_in_its_own_list()
    {
        var cursors = Api.Services.GetRequiredService<Cursors>();
        var scope = new CursorScope(new TenantId(Guid.NewGuid()), "invoices", "-createdAt|status=sent");
        var cursor = cursors.Seal(scope, "2026"u8);
        Assert.True(cursors.TryOpen(scope, cursor, out var place));
        Assert.Equal("2026"u8, place);
        Assert.False(cursors.TryOpen(scope with { Tenant = new TenantId(Guid.NewGuid()) }, cursor, out _));
        Assert.False(cursors.TryOpen(scope with { List = "expenses" }, cursor, out _));
        Assert.False(cursors.TryOpen(scope with { Order = "-createdAt" }, cursor, out _));
        for (var i = 0; i < cursor.Length; i++)
            Assert.False(cursors.TryOpen(scope, cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..], out _));
        foreach (var garbage in (string[])["", "=", "AAAA", cursor + "A", " " + cursor])
            Assert.False(cursors.TryOpen(scope, garbage, out _));
    }

    private async Task<(string Hash, string Fingerprint)> Key((string, string) me, string path, string body, string key)
    {
        using var answer = await Api.Send(HttpMethod.Post, path, body.Length > 0 ? body : null, me, ("Idempotency-Key", key));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var context = await answer.Json();
        return (context.GetProperty("keyHash").GetString()!, context.GetProperty("keyFingerprint").GetString()!);
    }
}
