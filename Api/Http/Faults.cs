using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Blobs;

namespace Tms.Api.Http;

/// <summary>The problem that an exception, or a status without a body, becomes.</summary>
internal static class Faults
{
    /// <summary>Seconds that a caller waits when the cluster or the store cannot be reached: about what a failover takes.</summary>
    private const int Patience = 2;

    /// <summary>The problem of an exception; one with status 500 for what nobody foresaw.</summary>
    public static Problem Of(Exception exception) => exception switch
    {
        BadHttpRequestException bad => Bare(bad.StatusCode),

        // The server's reader of chunks says so where a chunk's size is beyond what it counts to.
        IOException { InnerException: OverflowException } => Bare(400),
        BlobGoneException => Problem.NotFound(),
        NewerEventException =>
            new Problem(
                503, ErrorCodes.Unavailable,
                "A newer release has changed this, and an older one was asked: finish the upgrade, or try again.")
            {
                RetryAfter = Patience,
            },
        _ when IsUnavailable(exception) =>
            new Problem(
                503, ErrorCodes.Unavailable,
                "The service is busy or restarting; try again shortly. Whether a command was done is not known: repeat it with its "
                    + "Idempotency-Key, or look first.")
            { RetryAfter = Patience },
        _ => Bare(500),
    };

    /// <summary>
    /// Whether an exception says that the cluster or the store could not be reached in time, or that a part of the cluster is too old.
    /// </summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        StoreUnavailableException or StoreBusyException or TimeoutException or NewerEventException => true,
        _ => IsLost(exception) || exception is SiloUnavailableException or LimitExceededException,
    };

    /// <summary>
    /// Whether a grain call was rejected or unanswered, or grew too old before its grain had found a silo: it may or may not have happened.
    /// </summary>
    public static bool IsLost(Exception exception) =>
        exception is OrleansMessageRejectionException or TimeoutException or ClientNotAvailableException or OperationCanceledException;

    /// <summary>The problem of a status that nobody has said more about.</summary>
    public static Problem Bare(int status) => status switch
    {
        400 => new(400, ErrorCodes.BadRequest, "The request cannot be read."),
        401 => new(401, ErrorCodes.Unauthenticated, "A valid access token is needed."),
        403 => new(403, ErrorCodes.Forbidden, "Your role may not do this."),
        404 => Problem.NotFound(),
        405 => new(405, ErrorCodes.MethodNotAllowed, "The address does not take this method; Allow lists those it takes."),
        406 => new(406, ErrorCodes.NotAcceptable, "None of the accepted media types can be made."),
        408 => new(408, ErrorCodes.RequestTimeout, "The body came too slowly."),
        413 => new(413, ErrorCodes.PayloadTooLarge, "The body is too large: 1 MiB, for uploads 10 MiB."),
        415 => new(415, ErrorCodes.UnsupportedMediaType, "The body's Content-Type is not one that this address takes."),
        >= 500 => new(status, ErrorCodes.InternalError, "Something went wrong on our side; the traceId finds it in the log."),
        _ => new(status, ErrorCodes.BadRequest, "The request cannot be served."),
    };
}
