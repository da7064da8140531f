using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Companies;

/// <summary>What a company can activate.</summary>
[JsonConverter(typeof(EnumConverter<Module>))]
public enum Module
{
    /// <summary>Invoices, expenses, budgets, reports.</summary>
    [JsonStringEnumMemberName("ECONOMY")]
    Economy,

    /// <summary>Employees, attendance, payroll.</summary>
    [JsonStringEnumMemberName("HR")]
    Hr,

    /// <summary>Quizzes and certificates.</summary>
    [JsonStringEnumMemberName("QUIZ")]
    Quiz,

    /// <summary>Vehicle safety checks.</summary>
    [JsonStringEnumMemberName("SIKKERHETSKONTROLL")]
    Sikkerhetskontroll,
}
