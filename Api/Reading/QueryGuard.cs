using System.Collections.Frozen;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>Gives every action a guard that knows the parameters of its query.</summary>
internal sealed class QueryGuards : IActionModelConvention
{
    /// <inheritdoc />
    public void Apply(ActionModel action) => action.Filters.Add(new QueryGuard(action.Parameters
        .Where(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Query)
        .SelectMany(Names).ToFrozenSet(StringComparer.Ordinal)));

    private static IEnumerable<string> Names(ParameterModel parameter) => QueryBinder.IsRecord(parameter.ParameterType)
        ? QueryBinder.NamesOf(parameter.ParameterType)
        : [parameter.BindingInfo?.BinderModelName ?? parameter.ParameterName];
}

/// <summary>Refuses, before anything is read, a query that is not UTF-8 or names a parameter that its action does not have: 400.</summary>
/// <param name="known">Names of the action's parameters.</param>
internal sealed class QueryGuard(FrozenSet<string> known) : IResourceFilter
{
    /// <inheritdoc />
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (!request.QueryString.HasValue) return;
        if ((Unreadable(request.QueryString.Value) ?? Unknown(request)) is { } problem) context.Result = problem.ToResult();
    }

    /// <inheritdoc />
    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }

    private static Problem? Unreadable(string query) => QueryText.FirstUnreadable(query.AsSpan(1)) is { } name
        ? new Problem(StatusCodes.Status400BadRequest, ErrorCodes.InvalidParameter, $"Parameter '{name}': Must be UTF-8.")
        : null;

    // The old system passed over parameters that it did not know.
    private Problem? Unknown(HttpRequest request)
    {
        if (request.HttpContext.Facts().IsV1) return null;
        foreach (var name in request.Query.Keys)
        {
            if (!known.Contains(name))
                return new Problem(StatusCodes.Status400BadRequest, ErrorCodes.UnknownParameter, $"There is no parameter '{name}' here.");
        }

        return null;
    }
}
