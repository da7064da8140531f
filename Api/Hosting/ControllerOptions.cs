using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;
using Tms.Api.Http;
using Tms.Api.Reading;

namespace Tms.Api.Hosting;

/// <summary>MVC without what the edge does itself: one formatter each way, no validation of its own, problems as we write them.</summary>
internal sealed class ControllerOptions(
    StrictJsonFormatter input, JsonAnswerFormatter output) : IConfigureOptions<MvcOptions>, IConfigureOptions<ApiBehaviorOptions>
{
    public void Configure(MvcOptions options)
    {
        options.InputFormatters.Clear();
        options.InputFormatters.Add(input);
        options.OutputFormatters.Clear();
        options.OutputFormatters.Add(output);
        options.ModelValidatorProviders.Clear();

        // A form is no body of ours; looking for values in one would fail before the body's reader can say so.
        options.ValueProviderFactories.Clear();
        options.ValueProviderFactories.Add(new RouteValueProviderFactory());
        options.ValueProviderFactories.Add(new QueryStringValueProviderFactory());
        options.ModelBinderProviders.Insert(0, new QueryBinderProvider());
        options.Conventions.Add(new QueryGuards());
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        options.AllowEmptyInputInBodyModelBinding = false;
        options.MaxModelBindingCollectionSize = Bounds.Items;
    }

    public void Configure(ApiBehaviorOptions options)
    {
        options.SuppressMapClientErrors = true;
        options.InvalidModelStateResponseFactory =
            static context => (context.HttpContext.Features.Get<Problem>() ?? FromModelState(context)).ToResult();
    }

    // What MVC itself could not read: a route value, a header or a single query parameter of an action.
    private static Problem FromModelState(ActionContext context)
    {
        foreach (var (name, entry) in context.ModelState)
        {
            if (entry.ValidationState == ModelValidationState.Invalid)
                return new Problem(400, ErrorCodes.InvalidParameter, $"'{name}' cannot be read.");
        }

        return Faults.Bare(400);
    }
}
