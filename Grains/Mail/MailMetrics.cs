using System.Diagnostics.Metrics;

namespace Tms.Grains.Mail;

/// <summary>Counts mails by what they are about.</summary>
internal sealed class MailMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;

    public MailMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Tms.Mail");
        _sent = _meter.CreateCounter<long>("tms.mail.sent", "{mail}", "Mails that a server, or the outbox, has taken.");
        _failed = _meter.CreateCounter<long>(
            "tms.mail.failed", "{attempt}", "Attempts to send a mail that failed; each is tried again until it becomes a dead letter.");
    }

    public void Sent(string kind) => _sent.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Failed(string kind) => _failed.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
