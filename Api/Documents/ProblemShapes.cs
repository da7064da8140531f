using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Tms.Api.Documents;

/// <summary>The shapes of errors: one of each in a document, which every answer refers to.</summary>
internal static class ProblemShapes
{
    /// <summary>The answer of an error.</summary>
    /// <param name="document">Gets the shapes when they are first asked for.</param>
    /// <param name="kind">What answers.</param>
    /// <param name="status">The status.</param>
    /// <param name="codes">The codes that it has there.</param>
    public static OpenApiResponse Of(OpenApiDocument document, OperationKind kind, string status, IReadOnlyList<string> codes) => new()
    {
        Description = $"Codes: {string.Join(", ", codes)}. See /docs/errors.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [kind.IsV1 ? "application/json" : "application/problem+json"] = new() { Schema = Shape(document, kind, status) },
        },
        Extensions = new Dictionary<string, IOpenApiExtension>
        {
            ["x-codes"] = new JsonNodeExtension(new JsonArray([.. codes.Select(static code => JsonValue.Create(code))])),
        },
    };

    private static IOpenApiSchema Shape(OpenApiDocument document, OperationKind kind, string status)
    {
        if (!kind.IsV1) return Named(document, "Problem", () => Problem(document));
        var old = Named(document, "OldProblem", OldProblem);
        return status == "400" && kind.HasBody
            ? new OpenApiSchema { OneOf = [old, Named(document, "OldFaults", () => Object([("errors", Faults(document), true)]))] }
            : old;
    }

    private static OpenApiSchema Problem(OpenApiDocument document) => Object([
        ("type", Text("Leads to what is said of the code.", "uri-reference"), true), ("title", Text("The status in words."), true),
        ("status", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "HTTP status." }, true),
        ("detail", Text("One sentence for a person."), true), ("instance", Text("Path of the request."), true),
        ("code", Text("Stable, snake_case."), true), ("traceId", Text("Finds the request in logs and traces."), true),
        ("errors", Faults(document), false), ("supported", Versions(), false)]);

    private static OpenApiSchema OldProblem() => Object([
        ("error", Text("One sentence for a person."), true), ("code", Text("Stable, snake_case."), true),
        ("timestamp", Text("When, UTC.", "date-time"), true), ("path", Text("Path of the request."), true),
        ("supported", Versions(), false)]);

    private static OpenApiSchema Faults(OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Array,
        Items = Named(document, "Fault", static () => Object([
            ("field", Text("Where it stands in the body."), true), ("code", Text("Stable, snake_case."), true),
            ("message", Text("One sentence for a person."), true)])),
        Description = "Everything that is wrong with the input.",
    };

    private static OpenApiSchema Versions() => new()
    {
        Type = JsonSchemaType.Array,
        Items = new OpenApiSchema { Type = JsonSchemaType.String },
        Description = "Versions that would be served, where the one asked for is not.",
    };

    private static OpenApiSchemaReference Named(OpenApiDocument document, string name, Func<IOpenApiSchema> make)
    {
        if (document.Components?.Schemas?.ContainsKey(name) != true) document.AddComponent(name, make());
        return new(name, document);
    }

    private static OpenApiSchema Text(string description, string? format = null) =>
        new() { Type = JsonSchemaType.String, Format = format, Description = description };

    private static OpenApiSchema Object(IReadOnlyList<(string Name, IOpenApiSchema Schema, bool IsRequired)> members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(static member => member.Name, static member => member.Schema),
        Required = members.Where(static member => member.IsRequired).Select(static member => member.Name).ToHashSet(),
    };
}
