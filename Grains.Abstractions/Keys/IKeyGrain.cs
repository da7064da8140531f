using Tms.Domain.Keys;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Keys;

/// <summary>
/// One signing key, of which every node hears that it was withdrawn. It belongs to the platform; its id is its <c>kid</c>.
/// </summary>
[Alias("tms.keys")]
public interface IKeyGrain : IAggregateGrain<KeyCommand, KeyView>;

/// <summary>A signing key that was withdrawn.</summary>
/// <param name="Id">Its <c>kid</c> as an id.</param>
[GenerateSerializer, Immutable, Alias("tms.keys.view")]
public sealed record KeyView([property: Id(0)] Guid Id);
