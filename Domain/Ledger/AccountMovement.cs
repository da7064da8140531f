namespace Tms.Domain.Ledger;

/// <summary>What an account had before a period, and what came in it. Øre.</summary>
/// <param name="Account">Account number.</param>
/// <param name="Opening">Balance when the period began; above 0 is debit.</param>
/// <param name="Debit">Sum of the debit lines in the period.</param>
/// <param name="Credit">Sum of the credit lines in the period, above 0.</param>
public readonly record struct AccountMovement(int Account, long Opening, long Debit, long Credit)
{
    /// <summary>Debit less credit of the period.</summary>
    public long Net => Debit - Credit;

    /// <summary>Balance when the period ended.</summary>
    public long Closing => Opening + Net;
}
