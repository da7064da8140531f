using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Mvc.Formatters;
using Tms.Api.Auth;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>The only input formatter: bodies are JSON and go through <see cref="RequestReader"/>.</summary>
internal sealed class StrictJsonFormatter(RequestReader reader, Passwords passwords) : IInputFormatter
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <inheritdoc />
    /// <remarks>Always true: a wrong Content-Type is answered by the same problem as everything else that is wrong with a body.</remarks>
    public bool CanRead(InputFormatterContext context) => true;

    /// <inheritdoc />
    public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        var request = context.HttpContext.Request;
        if (HasBody(request) && Refuse(request) is { } refused) return Fail(context, refused);
        var pipe = request.BodyReader;
        var body = await ReadAll(pipe, context.HttpContext.RequestAborted);
        if (body.IsEmpty && context.TreatEmptyInputAsDefaultValue) return await InputFormatterResult.SuccessAsync(null!);
        var (value, problem) = Read(context, body);
        pipe.AdvanceTo(body.End);
        return problem is null ? await InputFormatterResult.SuccessAsync(value) : Fail(context, problem);
    }

    private (object? Value, Problem? Problem) Read(InputFormatterContext context, ReadOnlySequence<byte> body)
    {
        var facts = context.HttpContext.Facts();
        var bytes = WithoutMark(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        var rules = new RuleFacts(facts.Time.GetUtcNow(), facts.Caller, HttpMethods.IsPut(context.HttpContext.Request.Method), passwords);
        if (facts.IsV1) facts.OldWords = reader.WordsOf(context.ModelType);
        var (value, problem) = reader.Read(context.ModelType, bytes, rules);
        if (problem is null && facts.IdempotencyKey is not null) facts.BodyFingerprint = CanonicalJson.Fingerprint(bytes);
        return (value, problem);
    }

    private static async ValueTask<ReadOnlySequence<byte>> ReadAll(PipeReader pipe, CancellationToken cancel)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancel);
            if (read.IsCompleted) return read.Buffer;
            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static InputFormatterResult Fail(InputFormatterContext context, Problem problem)
    {
        context.HttpContext.Features.Set(problem);
        context.ModelState.TryAddModelError("", problem.Detail);
        return InputFormatterResult.Failure();
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;

    // Compressed bodies are not taken: a small one can unfold to any size.
    private static bool IsPlain(Microsoft.Extensions.Primitives.StringValues encoding) =>
        encoding.Count == 0 || encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static Problem? Refuse(HttpRequest request) =>
        IsPlain(request.Headers.ContentEncoding)
            ? JsonTypes.Refuse(request.ContentType)
            : Faults.Bare(StatusCodes.Status415UnsupportedMediaType);

    // RFC 8259 lets a reader pass over the byte order mark that some clients write.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
}
