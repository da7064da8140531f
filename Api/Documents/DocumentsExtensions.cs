using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Primitives;
using Scalar.AspNetCore;

namespace Tms.Api.Documents;

/// <summary>The OpenAPI documents of both versions, and the pages that show them. Nothing is loaded from elsewhere.</summary>
internal static class DocumentsExtensions
{
    private static readonly StringValues Public = "public, max-age=300";

    /// <summary>One document per major version.</summary>
    public static IServiceCollection AddTmsDocuments(this IServiceCollection services) => services
        .AddOpenApi("v1", options => Describe(options, 1))
        .AddOpenApi("v2", options => Describe(options, 2))
        .AddSingleton<OpenApiDocuments>();

    /// <summary>Maps /openapi/v1.json, /openapi/v2.json, /docs, /docs/errors and /docs/versions.</summary>
    public static void MapTmsDocuments(this IEndpointRouteBuilder endpoints)
    {
        foreach (var name in OpenApiDocuments.Names)
        {
            endpoints.MapMethods(
                $"/openapi/{name}.json", ["GET", "HEAD"],
                (HttpContext context, OpenApiDocuments documents) => documents.Answer(context, name))
                .AllowAnonymous().ExcludeFromDescription();
        }

        endpoints.MapGet("/docs/errors", static context => Page(context, ErrorsPage.Html)).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/docs/versions", static context => Page(context, VersionsPage.Html(context))).AllowAnonymous()
            .ExcludeFromDescription();
        endpoints.MapScalarApiReference("/docs", static (options, context) =>
        {
            options.WithTitle("TMS").WithOpenApiRoutePattern("/openapi/{documentName}.json").AddDocument("v2").AddDocument("v1")
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton()
                .WithNonce(Nonce(context));
        }).AllowAnonymous();
    }

    private static void Describe(OpenApiOptions options, int major)
    {
        // What has no shape of its own has no name, either: any JSON, bytes in base64.
        options.CreateSchemaReferenceId = static type =>
            type.Type == typeof(JsonElement) || type.Type == typeof(ReadOnlyMemory<byte>) ? null
                : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer(new DocumentTransformer(major));
        options.AddOperationTransformer(new OperationTransformer(major));
        options.AddSchemaTransformer(new SchemaTransformer());
    }

    // Our own script by its nonce, styles as the page makes them, requests to this server only.
    private static string Nonce(HttpContext context)
    {
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                + $"font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; "
                + $"frame-ancestors 'none'";
        return nonce;
    }

    private static Task Page(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = Public;
        return context.Response.WriteAsync(html);
    }
}
