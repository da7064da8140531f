using System.Collections.Frozen;

namespace Tms.Domain.Users;

/// <summary>Events that a mail goes out for: what the reactor writes about, and what a person's disclosures list.</summary>
public static class MailedEvents
{
    /// <summary>What the mail is, by the event type's name.</summary>
    public static FrozenDictionary<string, string> Mails { get; } = new Dictionary<string, string>
    {
        ["USER_INVITED"] = "invitation_mail",
        ["USER_PASSWORD_RESET_REQUESTED"] = "password_reset_mail",
        ["USER_EMAIL_CHANGE_REQUESTED"] = "email_change_mail",
        ["USER_PASSWORD_CHANGED"] = "password_changed_mail",
        ["USER_EMAIL_CHANGED"] = "email_changed_mail",
    }.ToFrozenDictionary();
}
