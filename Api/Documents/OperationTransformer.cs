using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tms.Api.Http;
using Tms.Api.Security;

namespace Tms.Api.Documents;

/// <summary>What every operation has beside its own: headers, problems, security.</summary>
internal sealed class OperationTransformer(int major) : IOpenApiOperationTransformer
{
    private static readonly string[] Problems = ["400", "404", "406", "429", "503"];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod ?? "GET";
        var isOpen = metadata.Any(m => m is IAllowAnonymous);
        operation.Deprecated = major == 1;
        operation.Responses ??= new OpenApiResponses();
        var path = context.Description.RelativePath ?? "";
        foreach (var status in Statuses(method, isOpen && !LogsIn(path))) operation.Responses.TryAdd(status, Problem());
        if (method == "GET") operation.Responses.TryAdd("304", new OpenApiResponse { Description = "It is what If-None-Match names." });
        NameQuery(operation);
        if (!isOpen) Secure(operation, context.Document!, metadata);
        AddConditions(operation, method, path, metadata);
        AddHeader(
            operation, "X-Correlation-ID", "Follows the request into every event it causes; made where it is missing.", required: false);
        return Task.CompletedTask;
    }

    // As the reader of query records takes them.
    private static void NameQuery(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter is not { In: ParameterLocation.Query, Name: { } name }) continue;
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(name);
            parameter.Description = SchemaWords.InFieldNames(parameter.Description);
            if (parameter is { Name: "limit", Schema: OpenApiSchema limit }) (limit.Minimum, limit.Maximum) = ("1", "100");
        }
    }

    private IEnumerable<string> Statuses(string method, bool isOpen)
    {
        IEnumerable<string> statuses = isOpen ? Problems : [.. Problems, "401", "403"];
        if (method == "GET") return statuses;
        IEnumerable<string> writing = ["409", "412", "413", "415"];
        if (major == 2) writing = writing.Append("422");
        return statuses.Concat(writing).Concat(major == 2 && method is "PUT" or "PATCH" ? ["428"] : []);
    }

    private OpenApiResponse Problem() => new()
    {
        Description = major == 1 ? "{error, code, timestamp, path}" : "Problem details (RFC 9457); codes: /docs/errors.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [major == 1 ? "application/json" : "application/problem+json"] = new() { Schema = ProblemSchema() },
        },
    };

    private OpenApiSchema ProblemSchema()
    {
        string[] names = major == 1 ? ["error", "code", "timestamp", "path"] : ["type", "title", "detail", "instance", "code", "traceId"];
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>() };
        foreach (var name in names) schema.Properties[name] = new OpenApiSchema { Type = JsonSchemaType.String };
        if (major == 2) schema.Properties["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer };
        schema.Properties["errors"] = Errors();
        return schema;
    }

    private static OpenApiSchema Errors()
    {
        var fault = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>() };
        foreach (var name in (string[])["field", "code", "message"])
            fault.Properties[name] = new OpenApiSchema { Type = JsonSchemaType.String };
        return new OpenApiSchema { Type = JsonSchemaType.Array, Items = fault };
    }

    private static void Secure(OpenApiOperation operation, OpenApiDocument document, IList<object> metadata)
    {
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
        if (metadata.OfType<RequiresAttribute>().LastOrDefault() is not { } requires) return;
        var own = requires.Own is { } one ? $" For one's own: the permission {one}." : "";
        operation.Description = $"{operation.Description}\n\nNeeds the permission {requires.Permission}.{own}".TrimStart();
        if (!requires.Platform) AddHeader(operation, "X-Company-Id", "The company, for an ADMIN: required.", required: false);
    }

    // Credentials that do not hold are 401, too.
    private static bool LogsIn(string path) => path is "api/auth/login" or "api/auth/refresh";

    private void AddConditions(OpenApiOperation operation, string method, string path, IList<object> metadata)
    {
        if (method == "POST" && Conditions.TakesKeys("/" + path) && !metadata.Any(m => m is ShownOnceAttribute))
            AddHeader(
                operation, "Idempotency-Key", "1 to 255 visible ASCII characters: a repeat gives the first answer again.", required: false);
        if (method == "GET") AddHeader(operation, "If-None-Match", "ETag that is known already: 304.", required: false);
        else AddHeader(operation, "If-Match", "ETag of what was read: 412 when it moved on.", IsNeeded(method, metadata));
    }

    private bool IsNeeded(string method, IList<object> metadata) =>
        major == 2 && method is "PUT" or "PATCH" && !metadata.Any(m => m is NoPreconditionAttribute);

    private static void AddHeader(OpenApiOperation operation, string name, string description, bool required)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }
}
