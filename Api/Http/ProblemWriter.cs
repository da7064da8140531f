using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Tms.Api.Http;

/// <summary>Writes every error of the API: the one place that knows both shapes.</summary>
internal static class ProblemWriter
{
    /// <summary>Writes a problem in the shape of the version that serves the request.</summary>
    public static Task Write(HttpContext context, Problem problem)
    {
        var facts = context.Facts();
        var response = context.Response;
        response.StatusCode =
            facts.IsV1 && problem.Status == StatusCodes.Status422UnprocessableEntity ? StatusCodes.Status400BadRequest : problem.Status;
        response.ContentType = facts.IsV1 ? "application/json" : "application/problem+json";
        if (problem.Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
            response.Headers.WWWAuthenticate = Scheme;
        if (problem.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        using (var json = new Utf8JsonWriter(response.BodyWriter, WriterOptions))
        {
            if (facts.IsV1) WriteV1(json, facts, problem);
            else WriteProblem(json, context, facts, problem);
        }

        return response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    // What would be accepted (RFC 9110, 15.5.2), also where a password or a refresh token did not hold.
    private static readonly StringValues Scheme = "Bearer realm=\"tms\"";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JsonWire.Encoder };

    private static void WriteProblem(Utf8JsonWriter json, HttpContext context, RequestFacts facts, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", $"{context.Request.PathBase}/docs/errors#{problem.Code}");
        json.WriteString("title", Title(problem.Status));
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.Detail);
        json.WriteString("instance", facts.PathBase.Add(facts.Path).Value);
        json.WriteString("code", problem.Code);
        json.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
        if (problem.Faults.Count > 0) WriteFaults(json, problem.Faults, static fault => fault.Field);
        WriteSupported(json, problem);
        json.WriteEndObject();
    }

    private static void WriteV1(Utf8JsonWriter json, RequestFacts facts, Problem problem)
    {
        json.WriteStartObject();
        if (problem.Faults.Count > 0)
        {
            WriteFaults(
                json, problem.Faults, fault => Pointer.ToDotted(problem.IsAsWritten ? fault.Field : facts.OldWords.Translate(fault.Field)));
            json.WriteEndObject();
            return;
        }

        json.WriteString("error", problem.Detail);
        json.WriteString("code", problem.Code);
        json.WriteString("timestamp", facts.Time.GetUtcNow().UtcDateTime);
        json.WriteString("path", facts.PathBase.Add(facts.Path).Value);
        WriteSupported(json, problem);
        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, IReadOnlyList<Fault> faults, Func<Fault, string> field)
    {
        json.WriteStartArray("errors");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteString("field", field(fault));
            json.WriteString("code", fault.Code);
            json.WriteString("message", fault.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSupported(Utf8JsonWriter json, Problem problem)
    {
        if (problem.Supported.Count == 0) return;
        json.WriteStartArray("supported");
        foreach (var version in problem.Supported) json.WriteStringValue(version);
        json.WriteEndArray();
    }

    private static string Title(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } title ? title : "Error";
}
