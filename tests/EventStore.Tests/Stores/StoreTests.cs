namespace Tms.EventStore.Tests.Stores;

/// <summary>Tests of what both databases promise; a class per database inherits them.</summary>
public abstract class StoreTests<TStore>(TStore fixture) : IClassFixture<TStore>
    where TStore : class, IStoreFixture
{
    protected TStore Fixture { get; } = fixture;

    protected StoreUnderTest Store => Fixture.Current;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
