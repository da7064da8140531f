using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Tms.Api.Http;
using Tms.Api.Reading;

namespace Tms.Api.Security;

/// <summary>At the start: loads the keys, checks that every action says who may call it, and prepares the reading of every body.</summary>
internal sealed class AccessRules(
    SigningKeys keys, Cursors cursors, IActionDescriptorCollectionProvider actions, RequestReader reader) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await keys.Load(cancellationToken);
        await cursors.Load(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var action in actions.ActionDescriptors.Items) Check(action);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Check(ActionDescriptor action)
    {
        if (!action.EndpointMetadata.Any(m => m is RequiresAttribute or IAllowAnonymous))
            throw new InvalidOperationException($"{action.DisplayName} says neither [Requires] nor [AllowAnonymous].");
        foreach (var parameter in action.Parameters)
        {
            if (parameter.BindingInfo?.BindingSource == Microsoft.AspNetCore.Mvc.ModelBinding.BindingSource.Body)
                reader.Prepare(parameter.ParameterType);
        }
    }
}
