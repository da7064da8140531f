using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tms.Api.Documents;

/// <summary>What every operation has beside its own: headers, problems, security.</summary>
internal sealed class OperationTransformer(int major) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var kind = new OperationKind(context.Description, major);
        operation.OperationId = kind.Name;
        operation.Deprecated = kind.IsV1;
        QueryWords.Complete(operation, context.Description);
        if (!kind.IsOpen) Secure(operation, context.Document!, kind);
        AddAnswers(operation, context.Document!, kind);
        AddHeaders(operation, kind);
        return Task.CompletedTask;
    }

    private static void AddAnswers(OpenApiOperation operation, OpenApiDocument document, OperationKind kind)
    {
        operation.Responses ??= new OpenApiResponses();
        if (kind.ShowsVersion)
            operation.Responses.TryAdd("304", new OpenApiResponse { Description = "It is what If-None-Match names." });
        foreach (var (status, codes) in Answerable.Of(kind))
            operation.Responses.TryAdd(status, ProblemShapes.Of(document, kind, status, codes));
    }

    private static void Secure(OpenApiOperation operation, OpenApiDocument document, OperationKind kind)
    {
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
        if (kind.Requires is not { } requires) return;
        var own = requires.Own is { } one ? $" For one's own: the permission {one}." : "";
        operation.Description = $"{operation.Description}\n\nNeeds the permission {requires.Permission}.{own}".TrimStart();
    }

    private static void AddHeaders(OpenApiOperation operation, OperationKind kind)
    {
        if (!kind.IsOpen)
            AddHeader(operation, "X-Company-Id", kind.IsOfCompany ? "The company, for an ADMIN: required." : "The company, for an ADMIN.");
        if (kind.TakesKey)
            AddHeader(operation, "Idempotency-Key", "1 to 255 visible ASCII characters: a repeat gives the first answer again.");
        if (kind.ShowsVersion) AddHeader(operation, "If-None-Match", "ETag that is known already: 304.");
        if (kind.TakesMatch) AddHeader(operation, "If-Match", "ETag of what was read: 412 when it moved on.", kind.NeedsMatch);
        AddHeader(operation, "X-Correlation-ID", "Follows the request into every event it causes; made where it is missing.");
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description, bool required = false)
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
