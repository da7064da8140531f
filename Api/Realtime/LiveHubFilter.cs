using Microsoft.AspNetCore.SignalR;

namespace Tms.Api.Realtime;

/// <summary>Holds every hub call to the connection's budget of messages, and to what its caller may.</summary>
internal sealed class LiveHubFilter(LiveServices live) : IHubFilter
{
    private static readonly ErrorMessage RateLimited = new("rate_limited", "Too many messages: wait a moment.");

    private static readonly ErrorMessage Forbidden = new("forbidden", "This caller may not do this.");

    /// <summary>What a call is told that is one too many.</summary>
    internal static HubException TooMany() => new($"{RateLimited.Code}: {RateLimited.Message}");

    /// <inheritdoc />
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = invocationContext.Context.Features.Get<LiveConnection>() ?? throw new HubException("The connection is closing.");
        var verdict = connection.Budget.Take();
        if (verdict == MessageBudget.Verdict.Accepted)
        {
            return await Call(connection, invocationContext, next);
        }

        await Refuse(connection, verdict);
        throw TooMany();
    }

    private async ValueTask<object?> Call(
        LiveConnection connection, HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (HubPermissions.May(connection.Caller, call.HubMethodName)) return await Run(call, next);
        await connection.Ask(new LiveRequest.Fault(Forbidden));
        throw new HubException($"{Forbidden.Code}: {Forbidden.Message}");
    }

    // The framework says nothing of failed calls (LiveHosting), because it says it of those that no client should have made.
    private async ValueTask<object?> Run(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(call);
        }
        catch (Exception fault) when (fault is not (HubException or OperationCanceledException))
        {
            live.Log.HubFault(fault, call.HubMethodName);
            throw;
        }
    }

    private static Task Refuse(LiveConnection connection, MessageBudget.Verdict verdict)
    {
        if (verdict == MessageBudget.Verdict.Refused)
        {
            return connection.Ask(new LiveRequest.Fault(RateLimited));
        }

        connection.Close(CloseReason.RateLimited);
        return Task.CompletedTask;
    }
}
