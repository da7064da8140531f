using Tms.Api.Http;
using Tms.Domain.Keys;
using Tms.EventStore;
using Tms.Grains.Abstractions.Keys;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Security;

/// <summary>Takes a signing key out of use on every node: noted on the key itself first, then told by the platform's log.</summary>
/// <remarks>
/// Whoever dies between the two is repeated; until then other nodes find it with their next look at the keys, within minutes.
/// </remarks>
public sealed partial class KeyWithdrawals(SigningKeys keys, IGrainFactory grains, IRevocations revocations, ILogger<KeyWithdrawals> log)
{
    /// <summary>Withdraws a key; ends when this node takes no token of it any more.</summary>
    /// <returns>Since when it is withdrawn, and what became of the notice; null where there is no such key.</returns>
    /// <exception cref="StoreUnavailableException">The store could not be reached: send it again.</exception>
    public async Task<(DateTimeOffset At, Outcome<KeyView> Outcome)?> Withdraw(string kid, CommandContext command, CancellationToken cancel)
    {
        if (!Guid.TryParseExact(kid, "N", out var id) || await keys.Withdraw(kid, cancel) is not { } at) return null;
        LogWithdrawn(kid, at, command.Actor);
        using var caller = CallerTenant.ActingFor(TenantId.Platform.Value);
        var grain = grains.GetGrain<IKeyGrain>(GrainKey.For(TenantId.Platform.Value, id));
        return (at, await revocations.Heeding(grain.Send(new WithdrawKey(kid), command), cancel));
    }

    [LoggerMessage(LogLevel.Warning, "Signing key {Kid} is withdrawn since {At}; asked for by {Actor}")]
    private partial void LogWithdrawn(string kid, DateTimeOffset at, string actor);
}
