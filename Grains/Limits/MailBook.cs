using Tms.Grains.Abstractions.Limits;

namespace Tms.Grains.Limits;

/// <summary>The mails that one company has had sent within the last hour. Bounded by the limit that each request names.</summary>
internal sealed class MailBook
{
    /// <summary>How long a mail counts among the company's.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>How long no other mail goes to the same address: whoever misses one looks among unwanted mail first.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private readonly List<(Guid Id, string Address, DateTimeOffset At)> _mails = [];

    /// <summary>Counts a mail, if it may be sent.</summary>
    internal MailTurn Take(MailRequest request, DateTimeOffset now)
    {
        _mails.RemoveAll(mail => mail.At + Kept <= now);
        if (_mails.Exists(mail => mail.Id == request.Id && mail.Address == request.Address)) return default;
        if (_mails.FindLast(mail => mail.Address == request.Address) is { Address: not null } last && last.At + Pause > now)
            return new(false, Seconds(last.At + Pause - now), IsSameAddress: true);
        if (_mails.Count >= request.Limit) return new(false, Seconds(_mails[^request.Limit].At + Kept - now));
        _mails.Add((request.Id, request.Address, now));
        return new(IsNew: true);
    }

    /// <summary>Forgets a mail.</summary>
    internal void GiveBack(Guid id) => _mails.RemoveAll(mail => mail.Id == id);

    private static int Seconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);
}
