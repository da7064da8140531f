using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Tms.Api.Documents;

/// <summary>The OpenAPI documents as they are sent: made once, for they say the same as long as the process lives.</summary>
internal sealed class OpenApiDocuments(IServiceProvider services)
{
    /// <summary>The names of the documents.</summary>
    public static readonly string[] Names = ["v1", "v2"];

    private static readonly StringValues Public = "public, max-age=300";
    private readonly Dictionary<string, Lazy<Task<Made>>> _made =
        Names.ToDictionary(name => name, name => new Lazy<Task<Made>>(() => Make(services, name)));

    /// <summary>Answers a request for one of them: 304 where its ETag is known.</summary>
    public async Task Answer(HttpContext context, string name)
    {
        var made = await _made[name].Value;
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = made.Tag;
        context.Response.Headers.CacheControl = Public;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(
            known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(made.Tag, false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json;charset=utf-8";
        context.Response.ContentLength = made.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(made.Bytes, context.RequestAborted);
    }

    private static async Task<Made> Make(IServiceProvider services, string name)
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(name);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        await using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        var bytes = json.ToArray();
        return new(bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\""));
    }

    private sealed record Made(byte[] Bytes, EntityTagHeaderValue Tag);
}
