using Tms.EventStore;

namespace Tms.Api.Admin;

/// <summary>An event that a reactor gave up on.</summary>
/// <param name="Id">Names the letter.</param>
/// <param name="Reactor">Who gave up.</param>
/// <param name="CompanyId">Whose event; the platform's own id for what belongs to no company.</param>
/// <param name="Position">The company's own count of its events.</param>
/// <param name="EventId">The event, which stays in the log.</param>
/// <param name="EventType">E.g. INVOICE_SENT.</param>
/// <param name="Attempts">How often it was tried, over all retries.</param>
/// <param name="Error">The last failure.</param>
/// <param name="FailedAt">When the reactor gave up.</param>
public sealed record DeadLetterView(
    Guid Id, string Reactor, Guid CompanyId, long Position, Guid EventId, string EventType, int Attempts, string Error,
    DateTimeOffset FailedAt)
{
    internal static DeadLetterView Of(DeadLetter letter) => new(
        letter.Id, letter.Key.Reactor, letter.Key.Tenant.Value, letter.Key.Sequence.Value, letter.EventId, letter.EventType,
        letter.Attempts, letter.Error, Micros.ToTime(letter.TimeMicros));
}
