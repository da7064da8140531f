using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Tms.Api.Hosting;

namespace Tms.Api.Tests.Documents;

/// <summary>The documents that the product serves, made without starting it.</summary>
internal static class OwnDocuments
{
    private static readonly Lazy<Task<IReadOnlyList<JsonElement>>> All = new(MakeAll);

    /// <summary>The OpenAPI document of a major version, as <c>/openapi/v{major}.json</c> has it.</summary>
    public static async Task<JsonElement> Of(int major) => (await All.Value)[major - 1];

    private static async Task<IReadOnlyList<JsonElement>> MakeAll()
    {
        var assembly = typeof(TmsApiExtensions).Assembly;
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = assembly.GetName().Name });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddTmsApi(builder.Configuration);
        await using var app = builder.Build();
        return [await Make(app.Services, "v1"), await Make(app.Services, "v2")];
    }

    private static async Task<JsonElement> Make(IServiceProvider services, string name)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(name).GetOpenApiDocumentAsync();
        return JsonElement.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
