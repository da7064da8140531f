using System.Diagnostics.Metrics;

namespace Tms.Api.Auth;

/// <summary>Counts logins, so that guessing shows: of one account by its locks, of many by failures of addresses that nobody has.</summary>
public sealed class LoginMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _succeeded;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _locked;

    /// <summary>Makes the meter <c>Tms.Logins</c>.</summary>
    public LoginMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Tms.Logins");
        _succeeded = _meter.CreateCounter<long>("tms.logins.succeeded", "{login}", "Logins.");
        _failed = _meter.CreateCounter<long>(
            "tms.logins.failed", "{attempt}", "Attempts that failed; account says whether the address is known or unknown.");
        _locked = _meter.CreateCounter<long>(
            "tms.logins.locked", "{lock}",
            "Times that too many failures in a row have locked; account says whether the address is known or unknown.");
    }

    /// <summary>Somebody is in.</summary>
    public void Succeeded() => _succeeded.Add(1);

    /// <summary>An attempt was worth nothing.</summary>
    public void Failed(bool isUser, bool locked)
    {
        var tag = new KeyValuePair<string, object?>("account", isUser ? "known" : "unknown");
        _failed.Add(1, tag);
        if (locked) _locked.Add(1, tag);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
