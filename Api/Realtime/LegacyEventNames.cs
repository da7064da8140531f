using System.Collections.Frozen;

namespace Tms.Api.Realtime;

/// <summary>Under which names of the old system an event is sent once more, in the same envelope (contract, section 7).</summary>
internal static class LegacyEventNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["INVOICE_SENT"] = "INVOICE_STATUS_UPDATE_REALTIME",
        ["INVOICE_PAID"] = "INVOICE_STATUS_UPDATE_REALTIME",
        ["INVOICE_PARTIALLY_PAID"] = "INVOICE_STATUS_UPDATE_REALTIME",
        ["INVOICE_OVERDUE"] = "INVOICE_STATUS_UPDATE_REALTIME",
        ["INVOICE_CANCELLED"] = "INVOICE_STATUS_UPDATE_REALTIME",
        ["INVOICE_CREDITED"] = "INVOICE_STATUS_UPDATE_REALTIME",
        ["INVOICE_PAYMENT_REVERSED"] = "INVOICE_STATUS_UPDATE_REALTIME",
        ["QUIZ_COMPLETED"] = "QUIZ_COMPLETED_REALTIME",
        ["SIKKERHETSKONTROLL_COMPLETED"] = "SIKKERHETSKONTROLL_COMPLETED_REALTIME",
        ["ATTENDANCE_RECORDED"] = "ATTENDANCE_UPDATE_REALTIME",
        ["ATTENDANCE_CORRECTED"] = "ATTENDANCE_UPDATE_REALTIME",
    }.ToFrozenDictionary();

    /// <summary>The old name; null when the old system had none.</summary>
    public static string? For(string type) => Names.GetValueOrDefault(type);
}
