namespace Tms.Domain.Ledger;

/// <summary>Accounts that postings name; all of them are in <see cref="ChartOfAccounts"/>.</summary>
public static class Accounts
{
    /// <summary>Kundefordringer: what customers owe.</summary>
    public const int Receivables = 1500;

    /// <summary>Bankinnskudd, driftskonto.</summary>
    public const int Bank = 1920;

    /// <summary>Utgående merverdiavgift, høy sats.</summary>
    public const int OutputVat = 2700;

    /// <summary>Utgående merverdiavgift, middels sats.</summary>
    public const int OutputVatMiddle = 2701;

    /// <summary>Utgående merverdiavgift, lav sats.</summary>
    public const int OutputVatLow = 2703;

    /// <summary>Forskudd fra kunder.</summary>
    public const int CustomerAdvances = 2900;

    /// <summary>Transportinntekt, høy sats.</summary>
    public const int Revenue = 3000;

    /// <summary>Salgsinntekt, middels sats (mat).</summary>
    public const int RevenueMiddle = 3010;

    /// <summary>Persontransport, lav sats.</summary>
    public const int RevenueLow = 3020;

    /// <summary>Salgsinntekt, avgiftsfri (nullsats).</summary>
    public const int RevenueZero = 3100;

    /// <summary>Transport til/fra utlandet, avgiftsfri.</summary>
    public const int RevenueExport = 3110;

    /// <summary>Salgsinntekt utenfor merverdiavgiftsloven.</summary>
    public const int RevenueOutside = 3200;

    /// <summary>Øreavrunding.</summary>
    public const int Rounding = 3960;
}
