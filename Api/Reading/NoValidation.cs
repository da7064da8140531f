using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Tms.Api.Reading;

/// <summary>MVC's own walk over the model is not needed: what was read has been checked.</summary>
internal sealed class NoValidation : IObjectModelValidator
{
    public void Validate(ActionContext actionContext, ValidationStateDictionary? validationState, string prefix, object? model)
    {
        var entries = actionContext.ModelState;
        if (entries.TryGetValue(prefix, out var entry) && entry.ValidationState == ModelValidationState.Unvalidated)
            entry.ValidationState = ModelValidationState.Skipped;
    }
}
