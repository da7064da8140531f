using System.Net;
using System.Text.Json;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Reading;

public sealed class BodyTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string V2 = "/api/v2/things";

    [Theory]
    [InlineData("""{}""", "/name required")]
    [InlineData("""{"name":null}""", "/name required")]
    [InlineData("""[]""", " invalid_type")]
    [InlineData("""{"name":5}""", "/name invalid_type")]
    [InlineData("""{"name":"x"}""", "/name too_short")]
    [InlineData("""{"name":"123456789012345678901"}""", "/name too_long")]
    [InlineData("""{"name":"ab\u0000c"}""", "/name invalid_characters")]
    [InlineData("""{"name":"ab\nc"}""", "/name invalid_characters")]
    [InlineData("""{"name":"ab\ud800c"}""", "/name invalid_characters")]
    [InlineData("""{"name":"abc","note":"a\u0007"}""", "/note invalid_characters")]
    [InlineData("""{"name":"ab\ufffec"}""", "/name invalid_characters")]
    [InlineData("""{"name":"ab\uffff"}""", "/name invalid_characters")]
    [InlineData("""{"name":"abc","Amount":1}""", "/Amount unknown_field")]
    [InlineData("""{"name":"abc","id":"x"}""", "/id unknown_field")]
    [InlineData("""{"name":"abc","amount":"1"}""", "/amount invalid_type")]
    [InlineData("""{"name":"abc","amount":1.001}""", "/amount too_many_decimals")]
    [InlineData("""{"name":"abc","amount":0.000000000000000000000000000000001}""", "/amount too_many_decimals")]
    [InlineData("""{"name":"abc","amount":1e-400000000000}""", "/amount too_many_decimals")]
    [InlineData("""{"name":"abc","amount":1234567890123456789012345678901234567890}""", "/amount out_of_range")]
    [InlineData("""{"name":"abc","amount":1e999}""", "/amount out_of_range")]
    [InlineData("""{"name":"abc","amount":-10000000000}""", "/amount out_of_range")]
    [InlineData("""{"name":"abc","amount":null}""", "/amount required")]
    [InlineData("""{"name":"abc","unitPrice":0.00001}""", "/unitPrice too_many_decimals")]
    [InlineData("""{"name":"abc","unitPrice":-0.0001}""", "/unitPrice out_of_range")]
    [InlineData("""{"name":"abc","days":91}""", "/days out_of_range")]
    [InlineData("""{"name":"abc","days":1.5}""", "/days too_many_decimals")]
    [InlineData("""{"name":"abc","days":99999999999999999999}""", "/days out_of_range")]
    [InlineData("""{"name":"abc","date":"2026-02-30"}""", "/date invalid_format")]
    [InlineData("""{"name":"abc","date":"9999-12-31"}""", "/date out_of_range")]
    [InlineData("""{"name":"abc","at":"2026-02-03T10:00:00"}""", "/at invalid_format")]
    [InlineData("""{"name":"abc","at":"2026-02-03T10:00:00.Z"}""", "/at invalid_format")]
    [InlineData("""{"name":"abc","customerId":"1"}""", "/customerId invalid_format")]
    [InlineData("""{"name":"abc","customerId":" 0190aaaa-0000-7000-8000-000000000001"}""", "/customerId invalid_format")]
    [InlineData("""{"name":"abc","customerId":"0190aaaa-0000-7000-8000-000000000001\t"}""", "/customerId invalid_characters")]
    [InlineData("""{"name":"abc","customerId":"0190aaaa-+000-7000-8000-000000000001"}""", "/customerId invalid_format")]
    [InlineData("""{"name":"abc","customerId":"{0190aaaa-0000-7000-8000-000000000001}"}""", "/customerId invalid_format")]
    [InlineData("""{"name":"abc","email":"a@b"}""", "/email invalid_format")]
    [InlineData("""{"name":"abc","email":"Kari <a@b.no>"}""", "/email invalid_format")]
    [InlineData("""{"name":"abc","paidFrom":"cash"}""", "/paidFrom invalid_value")]
    [InlineData("""{"name":"abc","paidFrom":"Bank"}""", "/paidFrom invalid_value")]
    [InlineData("""{"name":"abc","lines":[{"description":"a"},{"quantity":1},5]}""", "/lines/1/description required|/lines/2 invalid_type")]
    [InlineData(
        """{"name":"abc","lines":[{"description":"a"},{"description":"a"},{"description":"a"},{"description":"a"}]}""",
        "/lines too_many_items")]
    [InlineData(
        """{"x/y~":1,"amount":1.234,"lines":{}}""", "/x~1y~0 unknown_field|/amount too_many_decimals|/lines invalid_type|/name required")]
    public async Task Every_fault_is_found_and_named_by_its_pointer(string body, string faults)
    {
        using var answer = await shared.Api.Post(V2, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Json();
        Assert.Equal("validation_failed", problem.GetProperty("code").GetString());
        Assert.Equal(
            faults,
            string.Join(
                '|', problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("field")} {e.GetProperty("code")}")));
    }

    [Fact]
    public async Task No_more_than_a_hundred_faults_are_listed()
    {
        using var answer =
            await shared.Api.Post(V2, $$"""{"name":"abc",{{string.Join(',', Enumerable.Range(0, 150).Select(n => $"\"x{n}\":1"))}}}""");
        Assert.Equal(100, (await answer.Json()).GetProperty("errors").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"name":"abc","name":"abc"}""")]
    [InlineData("""{"name":"abc","nam\u0065":"abc"}""")]
    [InlineData("""{"name":"abc","other":1,"other":2}""")]
    [InlineData("""{"name":"abc","extra":{"a":1,"a":2}}""")]
    [InlineData("""{"name":"abc",}""")]
    [InlineData("""{"name":"abc"} // no""")]
    [InlineData("""{"name":"abc","amount":NaN}""")]
    [InlineData("""{"name":"abc","amount":01}""")]
    [InlineData("""{"na\ud800":"abc"}""")]
    [InlineData("""{"name":"abc","extra":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    public async Task What_is_not_proper_JSON_is_malformed(string body)
    {
        using var answer = await shared.Api.Post(V2, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("malformed_json", await answer.Code());
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_malformed_with_their_place()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var answer = await shared.Api.Client.PostAsync(new Uri(V2, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("byte 10", (await answer.Json()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.00000", 1)]
    [InlineData("1e2", 100)]
    [InlineData("100E-2", 1)]
    [InlineData("-0.00", 0)]
    [InlineData("0.000000000000000000000000000000000000000000", 0)]
    [InlineData("1.0000000000000000000000000000000000000000000", 1)]
    [InlineData("9999999999.99", 9999999999.99)]
    [InlineData("0.1e1", 1)]
    public async Task The_value_of_a_number_decides_not_its_digits(string number, double value)
    {
        using var answer = await shared.Api.Post(V2, $$"""{"name":"abc","amount":{{number}}}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((decimal)value, (await answer.Json()).GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task A_proper_document_is_read_as_it_says()
    {
        const string Body = """
            {"name":"Åse 🚚","amount":12.50,"days":3e1,"date":"2026-02-28","at":"2026-02-28T10:00:00+01:00",
            "customerId":"0190aaaa-0000-7000-8000-000000000001",
             "email":"kari@example.no","note":"to\nlinjer","paidFrom":"own_pocket","lines":[{"quantity":-0.1250,"description":"x"}],
             "extra":{"a":[1,true,null]}}
            """;
        using var answer = await shared.Api.Post(V2, Body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var read = await answer.Json();
        Assert.Equal("Åse 🚚", read.GetProperty("name").GetString());
        Assert.Equal(30, read.GetProperty("days").GetInt32());
        Assert.Equal("2026-02-28T09:00:00Z", read.GetProperty("at").GetString());
        Assert.Equal("own_pocket", read.GetProperty("paidFrom").GetString());
        Assert.Equal(-0.125m, read.GetProperty("lines")[0].GetProperty("quantity").GetDecimal());
        Assert.Equal(JsonValueKind.True, read.GetProperty("extra").GetProperty("a")[1].ValueKind);
    }

    [Fact]
    public async Task A_body_that_may_be_left_out_may_be_left_out_but_not_be_wrong()
    {
        using var none = await shared.Api.Send(HttpMethod.Post, V2 + "/optional");
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
        using var wrong = await shared.Api.Post(V2 + "/optional", "{}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task A_PUT_passes_over_the_read_only_names_of_the_view()
    {
        using var answer = await shared.Api.Send(
            HttpMethod.Put, V2 + "/" + Guid.NewGuid(), """{"id":"1","version":3,"name":"abc"}""", ("If-Match", "\"3\""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Faults_in_v1_have_the_old_shape()
    {
        using var answer = await shared.Api.Post("/api/v1/things", """{"navn":"abc","fakturaLinjer":[{"beskrivelse":"a","antall":"1"}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var body = await answer.Json();
        Assert.Equal(["errors"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            "fakturaLinjer[0].antall invalid_type",
            $"{body.GetProperty("errors")[0].GetProperty("field")} {body.GetProperty("errors")[0].GetProperty("code")}");
    }
}
