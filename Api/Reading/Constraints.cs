namespace Tms.Api.Reading;

/// <summary>How many decimals a number may have, by value: 1.000 has none. Without it: 2.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DecimalsAttribute(int count) : Attribute
{
    /// <summary>0 to 10.</summary>
    public int Count { get; } = count;
}

/// <summary>A text that may hold line feeds, carriage returns and tabs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MultiLineAttribute : Attribute;

/// <summary>How many characters each text of a list may have. Without it: <see cref="Bounds.TextLength"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemLengthAttribute(int max) : Attribute
{
    /// <summary>Characters (code points).</summary>
    public int Max { get; } = max;
}

/// <summary>Names of the view that a PUT may send back and that are ignored there; anywhere else they are unknown fields.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadOnlyInputAttribute : Attribute
{
    /// <summary>The given names, as on the wire.</summary>
    public ReadOnlyInputAttribute(params string[] names) => Names = names;

    /// <summary>Every name of a view that the request itself does not have.</summary>
    public ReadOnlyInputAttribute(Type view) => (Names, View) = ([], view);

    /// <summary>Names on the wire.</summary>
    public string[] Names { get; }

    /// <summary>A view whose other properties are read-only; null: only <see cref="Names"/>.</summary>
    public Type? View { get; }
}

/// <summary>Bounds of what says none itself. They stand in the OpenAPI documents.</summary>
public static class Bounds
{
    /// <summary>Characters (code points) of a text.</summary>
    public const int TextLength = 500;

    /// <summary>Items of a list.</summary>
    public const int Items = 1000;

    /// <summary>Decimals of a number: those of money.</summary>
    public const int Decimals = 2;

    /// <summary>Faults that one answer lists.</summary>
    public const int Faults = 100;

    /// <summary>First date that is taken.</summary>
    public static readonly DateOnly FirstDate = new(1900, 1, 1);

    /// <summary>Last date that is taken: calendar sums stay inside what .NET can count.</summary>
    public static readonly DateOnly LastDate = new(2199, 12, 31);
}
