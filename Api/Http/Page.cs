using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Tms.Api.Http;

/// <summary>A page of a list in v2.</summary>
/// <param name="Items">Rows.</param>
/// <param name="NextCursor">Where the next page begins; null: this is the last.</param>
/// <param name="Total">Rows of the whole list, where <c>includeTotal=true</c> asked for it; else null and not written.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    string? NextCursor,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] long? Total = null);

/// <summary>A page of a list in v1.</summary>
/// <param name="Data">Rows.</param>
/// <param name="Pagination">Where the page stands.</param>
public sealed record OldPage<T>(IReadOnlyList<T> Data, Pagination Pagination);

/// <summary>Where a page of v1 stands.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Limit">Rows a page.</param>
/// <param name="Total">Rows of the whole list.</param>
public sealed record Pagination(int Page, int Limit, long Total)
{
    /// <summary>Pages of the whole list.</summary>
    public long TotalPages => (Total + Limit - 1) / Limit;
}

/// <summary>A page of v2 whose rows write themselves: from a database's columns straight to the wire, without objects in between.</summary>
/// <typeparam name="TRow">What a row is before it is written.</typeparam>
/// <param name="rows">The rows.</param>
/// <param name="write">Writes one row as a JSON value.</param>
/// <param name="nextCursor">Where the next page begins; null: this is the last.</param>
/// <param name="total">Rows of the whole list; null: not asked for.</param>
public sealed class PageAnswer<TRow>(
    IReadOnlyList<TRow> rows, Action<Utf8JsonWriter, TRow> write, string? nextCursor, long? total = null) : ActionResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JsonWire.Encoder, SkipValidation = true };

    /// <inheritdoc />
    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = context.HttpContext.Facts().AnswerType;
        using (var json = new Utf8JsonWriter(response.BodyWriter, Options)) Write(json);
        return response.BodyWriter.FlushAsync(context.HttpContext.RequestAborted).AsTask();
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var row in rows) write(json, row);
        json.WriteEndArray();
        json.WriteString("nextCursor", nextCursor);
        if (total is { } count) json.WriteNumber("total", count);
        json.WriteEndObject();
    }
}
