using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Tms.Api.Hosting;

namespace Tms.Api.Http;

/// <summary>An answer with a body, perhaps with the version and the address of what it shows.</summary>
/// <param name="body">What is written; null for an answer without a body.</param>
/// <param name="status">HTTP status.</param>
public sealed class JsonAnswer(object? body, int status = StatusCodes.Status200OK) : ActionResult
{
    private static readonly StringValues Yes = "true";

    /// <summary>Version of the resource, as ETag; null: none.</summary>
    public int? Version { get; init; }

    /// <summary>Path of what was made; null: none.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the command happened before, under the same key.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The same answer as one to a repeated command.</summary>
    public JsonAnswer Replayed() => new(body, status) { Version = Version, Location = Location, IsReplay = true };

    /// <inheritdoc />
    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = status;
        if (Version is { } version) Tag(context.HttpContext, version);
        if (Location is { } location) response.Headers.Location = context.HttpContext.Request.PathBase + location;
        if (IsReplay) response.Headers["Idempotent-Replayed"] = Yes;
        if (body is null) return Task.CompletedTask;
        return context.HttpContext.RequestServices.GetRequiredService<JsonAnswerFormatter>().Write(context.HttpContext, body);
    }

    private static void Tag(HttpContext http, int version)
    {
        http.Response.Headers.ETag = ETags.Of(version, http.Facts().IsV1);
        http.Response.Headers.CacheControl = SecurityHeaders.NoStoreAsIs;
    }
}
