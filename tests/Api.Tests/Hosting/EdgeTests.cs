using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Tms.Api.Hosting;

namespace Tms.Api.Tests.Hosting;

/// <summary>What becomes of an answer whose caller has hung up.</summary>
public sealed class EdgeTests
{
    [Theory]
    [InlineData(false, StatusCodes.Status499ClientClosedRequest)]
    [InlineData(true, StatusCodes.Status200OK)]
    public async Task Whoever_hangs_up_is_noted_unless_the_answer_has_begun(bool hasBegun, int status)
    {
        foreach (var exception in (Exception[])[new OperationCanceledException(), new IOException("reset")])
        {
            var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
            context.Features.Set<IHttpResponseFeature>(new Response(hasBegun));
            await new EdgeMiddleware(_ => throw exception, TimeProvider.System, NullLogger<EdgeMiddleware>.Instance).Invoke(context);
            Assert.Equal(status, context.Response.StatusCode);
        }
    }

    // As the server's: what has begun cannot be changed.
    private sealed class Response(bool hasBegun) : HttpResponseFeature, IHttpResponseFeature
    {
        private int _status = StatusCodes.Status200OK;

        public override bool HasStarted => hasBegun;

        int IHttpResponseFeature.StatusCode
        {
            get => _status;
            set => _status = hasBegun ? throw new InvalidOperationException("The answer has begun.") : value;
        }
    }
}
