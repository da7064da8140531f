using Tms.Api.Security;

namespace Tms.Api.Tests.Hosting;

/// <summary>A store without API keys.</summary>
internal sealed class NoApiKeys : IApiKeys
{
    public Task<Caller?> Find(ApiKeyText key, DateTimeOffset until, CancellationToken cancel) => Task.FromResult<Caller?>(null);
}
