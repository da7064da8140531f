using System.Threading.Channels;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Auth;

/// <summary>
/// Looks up, after the answer, whose address was sent, and has a token mailed there. The answer is the same, and as fast, for an address
/// that nobody has.
/// </summary>
/// <remarks>Accepted means heard: what waits when the process is killed is lost, and whoever gets no mail asks again.</remarks>
public sealed partial class ForgottenPasswords(
    IEventReader store, MailedRequests mailed, ILogger<ForgottenPasswords> log) : BackgroundService
{
    private const int MaxWaiting = 1000;
    private readonly Channel<(string Email, string Correlation)> _waiting = Channel.CreateBounded<(string, string)>(MaxWaiting);

    /// <summary>Takes a request.</summary>
    /// <exception cref="StoreBusyException">Too many are waiting: 503 with Retry-After.</exception>
    public void Enqueue(string email, string correlation)
    {
        if (!_waiting.Writer.TryWrite((Email.Normalise(email), correlation)))
            throw new StoreBusyException("Too many are waiting for new passwords.");
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } rest) await rest.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (email, correlation) in _waiting.Reader.ReadAllAsync(CancellationToken.None)) await Handle(email, correlation);
    }

    private async Task Handle(string email, string correlation)
    {
        try
        {
            if (await store.FindReservation("email", email) is not { } holder) return;
            await mailed.Send(
                new MailToken(MailPurpose.PasswordReset, holder.Tenant, holder.Owner, 0), new RequestPasswordReset(), correlation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogLost(correlation, e);
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "A request for a new password could not be looked after ({Correlation}); whoever made it gets no mail")]
    private partial void LogLost(string correlation, Exception failure);
}
