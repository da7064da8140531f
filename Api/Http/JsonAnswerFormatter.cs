using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.Options;

namespace Tms.Api.Http;

/// <summary>Writes what an action returns, as JSON under the media type that was asked for.</summary>
internal sealed class JsonAnswerFormatter(
    IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> wire) : IOutputFormatter, IApiResponseTypeMetadataProvider
{
    private const string Json = "application/json";
    private readonly JsonSerializerOptions _options = wire.Value.SerializerOptions;

    /// <summary>What the API's description says of it: without this an answer has no schema there.</summary>
    public IReadOnlyList<string> GetSupportedContentTypes(string? contentType, Type objectType) =>
        string.IsNullOrEmpty(contentType) || contentType == Json ? [Json] : [];

    public bool CanWriteResult(OutputFormatterCanWriteContext context) => true;

    public Task WriteAsync(OutputFormatterWriteContext context) => Write(context.HttpContext, context.Object);

    /// <summary>Writes a value with the serializer's contract of its own type.</summary>
    public Task Write(HttpContext context, object? value)
    {
        var response = context.Response;
        response.ContentType = context.Facts().AnswerType;
        return JsonSerializer.SerializeAsync(
            response.BodyWriter, value, _options.GetTypeInfo(value?.GetType() ?? typeof(object)), context.RequestAborted);
    }
}
