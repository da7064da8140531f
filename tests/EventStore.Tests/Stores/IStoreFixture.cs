using Tms.Testing.Plans;

namespace Tms.EventStore.Tests.Stores;

/// <summary>A fresh, empty store for one class of tests; each test takes tenants of its own.</summary>
public interface IStoreFixture : IAsyncLifetime
{
    /// <summary>The store as the first process has it open.</summary>
    StoreUnderTest Current { get; }

    /// <summary>Ends the first process and starts it again on the same data.</summary>
    Task Restart();

    /// <summary>Whether a writer would get into a partition right now.</summary>
    Task<bool> LetsWritersIn(int partition);

    /// <summary>The database as a reader has it; tells the plans of what it is asked.</summary>
    IExplainingDatabase Explaining();

    /// <summary>Another process on the same data; the caller disposes it.</summary>
    Task<StoreUnderTest> SecondProcess(StoreSetup? setup = null);
}
