namespace Tms.Domain.Shared;

/// <summary>Exact decimal arithmetic for amounts in kroner; stored in read models as whole øre.</summary>
public static class Money
{
    /// <summary>
    /// The largest amount, absolute: ten billion kroner less an øre. Keeps every product inside a decimal and every sum inside int64 øre.
    /// </summary>
    public const decimal Max = 9_999_999_999.99m;

    /// <summary>Rounds half away from zero, as EN 16931 does (.NET's default rounds half to even).</summary>
    public static decimal Round(decimal value, int decimals = 2) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);

    /// <summary>Whole øre of an amount that has at most two decimals.</summary>
    public static long ToOre(decimal amount) => (long)(amount * 100m);

    /// <summary>The amount of whole øre.</summary>
    public static decimal FromOre(long ore) => ore / 100m;
}
