using Tms.Domain.ApiKeys;
using Tms.Grains.Abstractions.ApiKeys;
using Tms.Grains.Hosting;

namespace Tms.Grains.ApiKeys;

[GrainType("api-key")]
internal sealed class ApiKeyGrain(AggregateServices services)
    : DeciderGrain<ApiKey, ApiKeyCommand, ApiKeyEvent, ApiKeyView>(ApiKeyDecider.Instance, services), IApiKeyGrain
{
    protected override ApiKeyView View(ApiKey state) => ApiKeyView.Of(state);
}
