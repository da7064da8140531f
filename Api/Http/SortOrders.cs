namespace Tms.Api.Http;

/// <summary>The orders of one list, for whoever describes it.</summary>
internal interface ISortOrders
{
    /// <summary>The order without the parameter, written as the parameter is.</summary>
    string Sort { get; }

    /// <summary>Every name, each of which may stand after a sign.</summary>
    IEnumerable<string> Names { get; }
}

/// <summary>The orders of one list, by the names that <c>sort</c> gives them. The only reader of that parameter.</summary>
/// <param name="usual">The order without the parameter, written as the parameter is.</param>
/// <param name="names">Every name with the order that it stands for.</param>
internal sealed class SortOrders<TSort>(string usual, params (string Name, TSort Sort)[] names) : ISortOrders
    where TSort : struct
{
    /// <inheritdoc />
    public string Sort => usual;

    /// <inheritdoc />
    public IEnumerable<string> Names => names.Select(static known => known.Name);

    /// <summary>The order that a text asks for; null if the list has no such order.</summary>
    /// <param name="sort">A name, perhaps after one <c>-</c> (downwards) or <c>+</c>; null: the usual order.</param>
    public (TSort By, bool Descending)? Read(string? sort)
    {
        var text = sort ?? usual;
        var name = text.AsSpan(IsSign(text) ? 1 : 0);
        foreach (var known in names)
        {
            if (name.SequenceEqual(known.Name)) return (known.Sort, text[0] == '-');
        }

        return null;
    }

    /// <summary>400: the text is no order of this list.</summary>
    public Microsoft.AspNetCore.Mvc.ActionResult Unknown() =>
        Answers.Parameter("sort", $"one of {string.Join(", ", Names)}, perhaps after a minus");

    // A plus that a client did not escape arrives as a blank.
    private static bool IsSign(string text) => text is ['-' or '+' or ' ', ..];
}
