using System.Net.Http.Headers;
using System.Text;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Edge;

/// <summary>Bodies that cannot be taken.</summary>
[Collection(SqliteCollection.Name)]
public sealed class BodyTests(SqliteApi api)
{
    private const string Invoices = "/api/v2/economy/invoices";
    private const string Line = """{"description":"Frakt","unitPrice":1,"vatRate":25}""";

    // What stands beside a right customer and a right line, and what is said of it.
    private static readonly (string Json, string Field, string Code)[] Fields =
    [
        ("\"colour\":\"red\"", "/colour", "unknown_field"),
        ("\"Note\":\"x\"", "/Note", "unknown_field"),
        ("\"a/b~c\":1", "/a~1b~0c", "unknown_field"),
        ("\"id\":\"018f0000-0000-7000-8000-000000000000\"", "/id", "unknown_field"),
        ("\"note\":7", "/note", "invalid_type"),
        ("\"note\":[\"x\"]", "/note", "invalid_type"),
        ("\"note\":\"\\u0000\"", "/note", "invalid_characters"),
        ("\"note\":\"a\\u0007b\"", "/note", "invalid_characters"),
        ("\"note\":\"\\ud800\"", "/note", "invalid_characters"),
        ("\"reference\":\"\\udc00x\"", "/reference", "invalid_characters"),
        ("\"reference\":\"two\\nlines\"", "/reference", "invalid_characters"),
        ("\"issueDate\":\"2026-02-30\"", "/issueDate", "invalid_format"),
        ("\"issueDate\":\"2026-2-3\"", "/issueDate", "invalid_format"),
        ("\"issueDate\":\"03.02.2026\"", "/issueDate", "invalid_format"),
        ("\"issueDate\":\"2026-02-03T00:00:00Z\"", "/issueDate", "invalid_format"),
        ("\"issueDate\":20260203", "/issueDate", "invalid_type"),
        ("\"issueDate\":\"0000-00-00\"", "/issueDate", "invalid_format"),
        ("\"issueDate\":\"1066-10-14\"", "/issueDate", "out_of_range"),
        ("\"dueDate\":\"9999-12-31\"", "/dueDate", "out_of_range"),
        ("\"issueDate\":\"2026-02-03\",\"dueDate\":\"2026-02-02\"", "/dueDate", "due_before_issue"),
        ("\"paymentTermsDays\":1.5", "/paymentTermsDays", "too_many_decimals"),
        ("\"paymentTermsDays\":-1", "/paymentTermsDays", "out_of_range"),
        ("\"paymentTermsDays\":1e400", "/paymentTermsDays", "out_of_range"),
        ("\"paymentTermsDays\":\"14\"", "/paymentTermsDays", "invalid_type"),
        ("\"currency\":\"EUR\"", "/currency", "unsupported_currency"),
        ("\"currency\":null", "/currency", "required"),
        ("\"currency\":\"nok\"", "/currency", "unsupported_currency"),
        ("\"prepaid\":0.001", "/prepaid", "too_many_decimals"),
        ("\"prepaid\":-1", "/prepaid", "out_of_range"),
        ("\"payableRounding\":1.01", "/payableRounding", "out_of_range"),
        ("\"allowances\":[{\"reason\":\"x\",\"amount\":1.005,\"vatRate\":25}]", "/allowances/0/amount", "too_many_decimals"),
        ("\"charges\":[{\"reason\":\"\",\"amount\":1,\"vatRate\":25}]", "/charges/0/reason", "too_short"),
        ("\"charges\":[{\"reason\":\"x\",\"amount\":1,\"vatRate\":24}]", "/charges/0/vatRate", "unknown_vat_rate"),
        ("\"charges\":{}", "/charges", "invalid_type"),
        ("\"customerId\":\"7\"", "/customerId", "invalid_format"),
    ];

    private static readonly (string Json, string Field, string Code)[] Lines =
    [
        ("null", "/lines", "required"),
        ("[]", "/lines", "too_few_items"),
        ("{}", "/lines", "invalid_type"),
        ("[null]", "/lines/0", "required"),
        ("[7]", "/lines/0", "invalid_type"),
        ("[{}]", "/lines/0/description", "required"),
        ("[{}]", "/lines/0/unitPrice", "required"),
        ("[{}]", "/lines/0/vatRate", "required"),
        ("[{\"description\":\"x\",\"unitPrice\":1.00001,\"vatRate\":25}]", "/lines/0/unitPrice", "too_many_decimals"),
        ("[{\"description\":\"x\",\"unitPrice\":-1,\"vatRate\":25}]", "/lines/0/unitPrice", "out_of_range"),
        ("[{\"description\":\"x\",\"unitPrice\":1e400,\"vatRate\":25}]", "/lines/0/unitPrice", "out_of_range"),
        ("[{\"description\":\"x\",\"unitPrice\":1e-400,\"vatRate\":25}]", "/lines/0/unitPrice", "too_many_decimals"),
        ("[{\"description\":\"x\",\"unitPrice\":\"NaN\",\"vatRate\":25}]", "/lines/0/unitPrice", "invalid_type"),
        ("[{\"description\":\"x\",\"unitPrice\":\"100\",\"vatRate\":25}]", "/lines/0/unitPrice", "invalid_type"),
        ("[{\"description\":\"x\",\"unitPrice\":true,\"vatRate\":25}]", "/lines/0/unitPrice", "invalid_type"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":24}]", "/lines/0/vatRate", "unknown_vat_rate"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":-25}]", "/lines/0/vatRate", "unknown_vat_rate"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25.001}]", "/lines/0/vatRate", "too_many_decimals"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":0}]", "/lines/0/vatCategory", "vat_category_required"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":0,\"vatCategory\":\"S\"}]", "/lines/0/vatCategory", "vat_category_mismatch"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25,\"vatCategory\":\"Z\"}]", "/lines/0/vatCategory", "vat_category_mismatch"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25,\"vatCategory\":\"Q\"}]", "/lines/0/vatCategory", "invalid_value"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25,\"vatCategory\":0}]", "/lines/0/vatCategory", "invalid_type"),
        ("[{\"description\":\"\",\"unitPrice\":1,\"vatRate\":25}]", "/lines/0/description", "too_short"),
        ("[{\"description\":\"   \",\"unitPrice\":1,\"vatRate\":25}]", "/lines/0/description", "required"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25,\"quantity\":1.00001}]", "/lines/0/quantity", "too_many_decimals"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25,\"priceBaseQuantity\":0}]", "/lines/0/priceBaseQuantity", "out_of_range"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25,\"discountPercent\":100.01}]", "/lines/0/discountPercent", "out_of_range"),
        ("[{\"description\":\"x\",\"unitPrice\":1,\"vatRate\":25,\"net\":1}]", "/lines/0/net", "unknown_field"),
        ("[{\"description\":\"x\",\"unitPrice\":9999999999.99,\"quantity\":999999999,\"vatRate\":25}]", "/lines/0", "amount_too_large"),
    ];

    private static readonly string[] Malformed =
    [
        "", " ", "{", "}", "{]", "{\"lines\":[}", "no json", "'a'", "{'lines':[]}", "{\"a\":1,}", "[1,]", "{} {}", "// x\n{}",
        "{\"a\":NaN}", "{\"a\":Infinity}",
        "{\"a\":-Infinity}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":0x1F}", "{\"note\":\"a\nb\"}", "{\"note\":\"\\x\"}",
        "{\"note\":\"a\",\"note\":\"b\"}",
        "{\"colour\":1,\"colour\":2}", "{\"lines\":[{\"description\":\"a\",\"description\":\"b\"}]}", "\ufeff{", "{\"\\ud800\":1}",
        "undefined",
    ];

    [Fact]
    public async Task Every_wrong_field_is_named_and_nothing_happens()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var (json, field, code) in Fields.Select(
            f => ($$"""{"customer":{"name":"A"},"lines":[{{Line}}],{{f.Json}}}""", f.Field, f.Code))
            .Concat(Lines.Select(l => ($$"""{"customer":{"name":"A"},"lines":{{l.Json}}}""", l.Field, l.Code))))
        {
            var answer = await company.Lead.PostText(Invoices, json);
            trace.Expect(answer, json, 422, "validation_failed", field);
            if (answer.Status == 422)
                Assert.Contains(
                    answer.Json.GetProperty("errors").EnumerateArray(),
                    e => e.GetProperty("field").GetString() == field && e.GetProperty("code").GetString() == code);
        }
    }

    [Fact]
    public async Task All_faults_come_at_once()
    {
        var company = await api.NewCompany();
        var answer = (await company.Lead.PostText(
            Invoices, """{"colour":1,"note":7,"lines":[{"description":"","vatRate":"x"},{"unitPrice":1.00001}]}"""))
            .ExpectProblem(422, "validation_failed");
        Assert.Equal(
            [
                "/colour", "/customer", "/lines/0/description", "/lines/0/unitPrice", "/lines/0/vatRate", "/lines/1/description",
                "/lines/1/unitPrice", "/lines/1/vatRate", "/note"], answer.Fields.Order(StringComparer.Ordinal));
        answer = (await company.Lead.PostText(
            Invoices,
            $$"""{"customerId":"{{Guid.NewGuid()}}","lines":[{"description":"x","unitPrice":1,"vatRate":0},{{Line}},"""
                + $$"""{"description":"x","unitPrice":1,"vatRate":0}]}""")).ExpectProblem(422, "validation_failed");
        Assert.Equal(["/customerId", "/lines/0/vatCategory", "/lines/2/vatCategory"], answer.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_json_is_malformed()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var text in Malformed.Append(new string('[', 100)).Append(string.Concat(Enumerable.Repeat("{\"a\":", 1000)))
            .Append(new string('[', 40) + new string(']', 40)))
        {
            trace.Expect(await company.Lead.PostText(Invoices, text), text, 400, "malformed_json");
        }

        foreach (var bytes in (byte[][])[
            [0xff, 0xfe], [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d], [0], Encoding.Unicode.GetBytes("{}"),
            Encoding.UTF32.GetBytes("{}")])
        {
            trace.Expect(
                await company.Lead.Send(HttpMethod.Post, Invoices, Bytes(bytes, "application/json")), Convert.ToHexString(bytes), 400,
                "malformed_json");
        }

        foreach (var text in (string[])["null", "7", "\"text\"", "[]", "true"])
        {
            trace.Expect(await company.Lead.PostText(Invoices, text), text, 422, "validation_failed", "");
        }
    }

    [Fact]
    public async Task What_is_too_much_is_refused()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        trace.Expect(await TooLarge(company.Lead, new ByteArrayContent(new byte[10 << 20])), "10 MB", 413, "payload_too_large");
        trace.Expect(
            await TooLarge(company.Lead, new ByteArrayContent(new byte[(1 << 20) + 1])), "1 MiB and a byte", 413, "payload_too_large");
        trace.Expect(
            await company.Lead.PostText(
                Invoices, $$"""{"customer":{"name":"A"},"lines":[{{string.Join(',', Enumerable.Repeat("{}", 100_000))}}]}"""),
                "100 000 lines", 422, "validation_failed", "/lines");
        trace.Expect(
            await company.Lead.PostText(
                Invoices, $$"""{"customer":{"name":"A"},"lines":[{{string.Join(',', Enumerable.Repeat(Line, 1001))}}]}"""), "1001 lines",
                422, "validation_failed", "/lines");
        trace.Expect(
            await company.Lead.PostText(
                Invoices,
                $$"""{"customer":{"name":"A"},"lines":[{"description":"{{new string('x', 100_000)}}","unitPrice":1,"vatRate":25}]}"""),
                "long text", 422, "validation_failed", "/lines/0/description");
        trace.Expect(
            await company.Lead.PostText(
                Invoices,
                $$"""{"customer":{"name":"A"},"lines":[{"description":"x","unitPrice":1{{new string('0', 100_000)}},"vatRate":25}]}"""),
                "long number", 422, "validation_failed", "/lines/0/unitPrice");
        trace.Expect(
            await company.Lead.PostText(
                Invoices,
                $$"""{"customer":{"name":"A"},"lines":[{"description":"x","unitPrice":0.{{new string('0', 100_000)}}1,"vatRate":25}]}"""),
                "small number", 422, "validation_failed", "/lines/0/unitPrice");
        await trace.End();
        (await company.Lead.PostText(
            Invoices, $$"""{"customer":{"name":"A"},"lines":[{{string.Join(',', Enumerable.Repeat(Line, 1000))}}]}""")).Expect(201);
        (await company.Lead.PostText(
            Invoices,
            $$"""{"customer":{"name":"A"},"lines":[{"description":"x","unitPrice":1.{{new string('0', 500)}},"vatRate":2.5e1}]}"""))
            .Expect(201);
    }

    [Fact]
    public async Task Only_json_is_read()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        var json = $$"""{"customer":{"name":"A"},"lines":[{{Line}}]}""";
        foreach (var type in (string[])[
            "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json",
            "application/json; charset=utf-16", "application/jsonp", "rubbish"])
        {
            trace.Expect(
                await company.Lead.Send(HttpMethod.Post, Invoices, Bytes(Encoding.UTF8.GetBytes(json), type)), type, 415,
                "unsupported_media_type");
        }

        trace.Expect(
            await company.Lead.Send(HttpMethod.Post, Invoices, Bytes(Encoding.UTF8.GetBytes(json), null)), "no type", 415,
            "unsupported_media_type");
        await trace.End();
        foreach (var type in (string[])[
            "application/json; charset=utf-8", "application/json; charset=\"UTF-8\"", "APPLICATION/JSON", "application/vnd.tms.v2+json"])
            (await company.Lead.Send(HttpMethod.Post, Invoices, Bytes(Encoding.UTF8.GetBytes(json), type))).Expect(201);
    }

    [Fact]
    public async Task A_compressed_body_is_not_read_as_text()
    {
        var company = await api.NewCompany();
        var content = Bytes(Encoding.UTF8.GetBytes($$"""{"customer":{"name":"A"},"lines":[{{Line}}]}"""), "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        (await company.Lead.Send(HttpMethod.Post, Invoices, content)).ExpectProblem(415, "unsupported_media_type");
    }

    // The server answers before it has read everything and hangs up: then the answer may be lost, but nothing else.
    private static async Task<Answer> TooLarge(Client lead, ByteArrayContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await lead.Send(HttpMethod.Post, Invoices, content, ("Expect", "100-continue"));
    }

    private static ByteArrayContent Bytes(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }
}
