using Tms.Domain.ApiKeys;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.ApiKeys;

/// <summary>One API key.</summary>
[Alias("tms.api-keys")]
public interface IApiKeyGrain : IAggregateGrain<ApiKeyCommand, ApiKeyView>;
