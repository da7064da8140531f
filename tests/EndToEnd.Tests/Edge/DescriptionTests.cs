using System.Text.Json;
using System.Text.RegularExpressions;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Edge;

/// <summary>What the API says of itself, for whoever makes a client from it.</summary>
[Collection(SqliteCollection.Name)]
public sealed partial class DescriptionTests(SqliteApi api)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_answer_with_a_body_says_its_shape(int version)
    {
        var document = (await api.Anonymous.Get($"/openapi/v{version}.json")).Expect(200).Json;
        Assert.All(Answers(document).Where(answer => answer.Status is "200" or "201"), answer =>
            Assert.True(
                answer.Said.TryGetProperty("content", out var content)
                    && content.EnumerateObject().All(type => type.Value.TryGetProperty("schema", out _)), answer.Operation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task It_speaks_of_the_wire_and_not_of_the_program(int version)
    {
        var answer = (await api.Anonymous.Get($"/openapi/v{version}.json")).Expect(200);
        Assert.Empty(MembersOfTheProgram().Matches(answer.Body).Select(match => match.Value).Distinct());
        Assert.DoesNotContain("\"double\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", answer.Body, StringComparison.Ordinal);
        var schemas = answer["components"].GetProperty("schemas");
        Assert.Equal(
            ["ELEV", "BRUKER", "HOVEDBRUKER", "ADMIN"],
            schemas.GetProperty("Role").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Contains(
            "partially_paid", schemas.GetProperty("InvoiceStatus").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
    }

    private static IEnumerable<(string Operation, string Status, JsonElement Said)> Answers(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        from answer in method.Value.GetProperty("responses").EnumerateObject()
        select ($"{method.Name} {path.Name} {answer.Name}", answer.Name, answer.Value);

    [GeneratedRegex(@"\b[A-Z]\w+\.[A-Z]\w+")]
    private static partial Regex MembersOfTheProgram();
}
