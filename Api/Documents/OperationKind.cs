using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;

namespace Tms.Api.Documents;

/// <summary>What an action is: all that decides which headers it takes and which statuses it can answer with.</summary>
/// <param name="description">The action as MVC describes it.</param>
/// <param name="major">Major version of the document.</param>
internal sealed class OperationKind(ApiDescription description, int major)
{
    private readonly IList<object> _metadata = description.ActionDescriptor.EndpointMetadata;
    private readonly string _path = "/" + description.RelativePath;

    /// <summary>Whether it is of version 1.</summary>
    public bool IsV1 => major == 1;

    /// <summary>Whether it changes something, or may.</summary>
    public bool IsWrite => description.HttpMethod != HttpMethods.Get;

    /// <summary>Whether anybody may call it.</summary>
    public bool IsOpen => _metadata.Any(static m => m is IAllowAnonymous);

    /// <summary>Whether credentials in its body may be refused: 401, although anybody may call it.</summary>
    public bool LogsIn => IsOpen && _path is "/api/auth/login" or "/api/auth/refresh";

    /// <summary>What its caller needs; null: nothing.</summary>
    public RequiresAttribute? Requires => IsOpen ? null : _metadata.OfType<RequiresAttribute>().LastOrDefault();

    /// <summary>Whether it is about one company, which an ADMIN must name.</summary>
    public bool IsOfCompany => Requires is { Platform: false };

    /// <summary>Whether it belongs to a module that the company may not have.</summary>
    public bool IsOfModule => Requires?.Permission.Module() is not null;

    /// <summary>Whether it takes a body.</summary>
    public bool HasBody => description.ParameterDescriptions.Any(static p => p.Source == BindingSource.Body);

    /// <summary>Whether it is about one thing that its path names.</summary>
    public bool NamesOne => description.ParameterDescriptions.Any(static p => p.Source == BindingSource.Path);

    /// <summary>Whether it reads parameters of the query.</summary>
    public bool HasQuery => description.ParameterDescriptions.Any(static p => p.Source == BindingSource.Query);

    /// <summary>Whether it gives pages that a cursor leads through.</summary>
    public bool HasCursor => description.ParameterDescriptions.Any(
        static p => p.Source == BindingSource.Query && p.Name.Equals("cursor", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it takes an If-Match.</summary>
    public bool TakesMatch => IsWrite && !IsOpen;

    /// <summary>Whether it is refused without an If-Match.</summary>
    public bool NeedsMatch => TakesMatch && !IsV1 && description.HttpMethod is "PUT" or "PATCH"
        && !_metadata.Any(static m => m is NoPreconditionAttribute);

    /// <summary>Whether its answer is shown once, so that an Idempotency-Key is refused.</summary>
    public bool IsShownOnce => _metadata.Any(static m => m is ShownOnceAttribute);

    /// <summary>Whether it has a mail sent to an address of its caller's choice.</summary>
    public bool SendsMail => _metadata.Any(static m => m is SendsMailAttribute);

    /// <summary>Whether it takes an Idempotency-Key.</summary>
    public bool TakesKey => description.HttpMethod == HttpMethods.Post && Conditions.TakesKeys(_path) && !IsShownOnce;

    /// <summary>Whether what it shows has a version, and so an ETag.</summary>
    public bool ShowsVersion => !IsWrite && Shown is { } shown
        && (IsV1 ? shown is not { IsGenericType: true } : shown.GetProperty("Version")?.PropertyType == typeof(int));

    /// <summary>Its name for whoever makes a client, e.g. <c>Invoices_Send</c>: the same in both versions.</summary>
    public string Name => $"{Word(Action?.ControllerTypeInfo.Name, "Controller", "V1")}_{Action?.ActionName}";

    /// <summary>The area that it belongs to, e.g. <c>Invoices</c>.</summary>
    public string Area => Action?.ControllerTypeInfo.Namespace?.Split('.')[^1] ?? "";

    private ControllerActionDescriptor? Action => description.ActionDescriptor as ControllerActionDescriptor;

    private Type? Shown => description.SupportedResponseTypes.FirstOrDefault(static type => type.StatusCode is >= 200 and < 300)?.Type;

    private static string Word(string? name, params ReadOnlySpan<string> ends)
    {
        foreach (var end in ends)
        {
            if (name?.EndsWith(end, StringComparison.Ordinal) == true) name = name[..^end.Length];
        }

        return name ?? "";
    }
}
