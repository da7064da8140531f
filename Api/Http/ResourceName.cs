using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Tms.Api.Http;

/// <summary>
/// The one name of the resource that a request is about, however its path is spelled: other cases, other forms of an id, a slash at the
/// end.
/// </summary>
internal static class ResourceName
{
    /// <summary>
    /// The route's own words, with the ids in lower case and with hyphens; e.g. <c>/api/economy/invoices/0195…/pay</c>, without a version.
    /// </summary>
    /// <exception cref="InvalidOperationException">The request has no route.</exception>
    public static string Of(HttpRequest request)
    {
        var endpoint =
            request.HttpContext.GetEndpoint() as RouteEndpoint ?? throw new InvalidOperationException("The request has no route.");
        var name = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            name.Append('/');
            foreach (var part in segment.Parts) name.Append(Text(part, request.RouteValues));
        }

        return name.ToString();
    }

    private static string Text(RoutePatternPart part, RouteValueDictionary values) => part switch
    {
        RoutePatternParameterPart parameter => Value(values[parameter.Name]?.ToString() ?? ""),
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException("A route has a part of an unknown kind."),
    };

    private static string Value(string text) => Guid.TryParse(text, out var id) ? id.ToString() : text;
}
