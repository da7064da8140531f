namespace Tms.Domain.Shared;

/// <summary>Gathers all faults of an input, each with the JSON pointer of its field. Pointers are only built for faults.</summary>
internal sealed class Faults
{
    private List<Refusal>? _found;
    private string _parent = "";
    private int _index = -1;

    /// <summary>What was found, in the order of the checks.</summary>
    public IReadOnlyList<Refusal> Found => _found ?? (IReadOnlyList<Refusal>)[];

    /// <summary>How many were found.</summary>
    public int Count => _found?.Count ?? 0;

    /// <summary>Names of fields are from now on within this pointer (and this item of it).</summary>
    public Faults In(string parent, int index = -1)
    {
        (_parent, _index) = (parent, index);
        return this;
    }

    /// <summary>A field is wrong.</summary>
    public void Add(string field, string code, string detail) =>
        (_found ??= []).Add(Refusal.Invalid(_index < 0 ? $"{_parent}/{field}" : $"{_parent}/{_index}/{field}", code, detail));

    /// <summary>A field is wrong unless something holds.</summary>
    public void Unless(bool holds, string field, string code, string detail)
    {
        if (!holds) Add(field, code, detail);
    }

    /// <summary>Text that must be there and say something.</summary>
    public void Required(string field, string? text, int max)
    {
        if (string.IsNullOrWhiteSpace(text)) Add(field, RuleCodes.Required, "It must be given.");
        else if (Printable.Holds(text) && !Printable.Says(text)) Add(field, RuleCodes.Required, "It must say something that can be seen.");
        else Optional(field, text, max);
    }

    /// <summary>Text that may be left out.</summary>
    public void Optional(string field, string? text, int max)
    {
        if (text is null) return;
        if (text.Length > max) Add(field, RuleCodes.TooLong, $"It may have at most {max} characters.");
        else if (!Printable.Holds(text)) Add(field, RuleCodes.InvalidCharacters, "It holds characters that no document can show.");
    }

    /// <summary>A number within bounds and with so many decimals at most: the value decides, not the digits.</summary>
    public void Number(string field, decimal value, decimal min, decimal max, int decimals)
    {
        if (value < min || value > max) Add(field, RuleCodes.OutOfRange, FormattableString.Invariant($"It must be from {min} to {max}."));
        else if (Money.Round(value, decimals) != value) Add(field, RuleCodes.TooManyDecimals, $"It may have at most {decimals} decimals.");
    }

    /// <summary>An amount of money from 0 up.</summary>
    public void Amount(string field, decimal value) => Number(field, value, 0, Money.Max, 2);
}
