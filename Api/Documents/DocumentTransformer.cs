using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tms.Api.Versioning;

namespace Tms.Api.Documents;

/// <summary>Title, bearer security, and paths that name their version, so that a document says on its own what it describes.</summary>
internal sealed class DocumentTransformer(int major) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "TMS", Version = ApiVersions.Exact(major) };
        // No host: the document is the same whoever asks, and a caller who names another host is not repeated.
        document.Servers = [new OpenApiServer { Url = "/" }];
        if (major == 1) document.Info.Description = "Deprecated: see /docs/versions.";
        var versioned = new OpenApiPaths();
        foreach (var (path, item) in document.Paths) versioned.Add(WithVersion(path), item);
        document.Paths = versioned;
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["bearer"] =
            new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
        foreach (var schema in document.Components.Schemas?.Values ?? []) Rename(schema);
        return Task.CompletedTask;
    }

    // What stands beside a reference to another schema is no schema of its own, and no transformer of schemas sees it.
    private static void Rename(IOpenApiSchema schema)
    {
        foreach (var member in schema.Properties?.Values.SelectMany(static property => property.OneOf ?? [property])
            .OfType<OpenApiSchemaReference>() ?? [])
            member.Reference.Description = SchemaWords.InFieldNames(member.Reference.Description);
    }

    private string WithVersion(string path) => path.StartsWith("/api/", StringComparison.Ordinal) ? $"/api/v{major}{path[4..]}" : path;
}
