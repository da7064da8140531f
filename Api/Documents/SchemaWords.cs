using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tms.Api.Documents;

/// <summary>Turns what a reference in our comments becomes, a member of C#, into the field's name on the wire.</summary>
internal static partial class SchemaWords
{
    /// <summary>A description in the words of the wire.</summary>
    public static string? InFieldNames(string? description) =>
        description is null
            ? null
            : Member().Replace(description, static member => JsonNamingPolicy.CamelCase.ConvertName(member.Groups[1].Value));

    // "Guid? InvoiceRequest.CustomerId" or "InvoiceRequest.CustomerId".
    [GeneratedRegex(@"(?:[\w.]+(?:<[^>]*>)?(?:\[\])?\?? )?\b[A-Z]\w*(?:Request|View|Answer|Input|Query|Details|Item|Line)\.([A-Z]\w*)")]
    private static partial Regex Member();
}
