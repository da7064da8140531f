namespace Tms.EventStore.Tests.Stores;

/// <summary>The one place that knows how a store is put together.</summary>
internal static class StoreFactory
{
    /// <summary>A unit with this much data is over every store's limit.</summary>
    public const int TooManyBytes = 5 * 1024 * 1024;

    public static Task<StoreUnderTest> Postgres(string connectionString, StoreSetup setup) =>
        throw new InvalidOperationException($"No store for {connectionString} with {setup} is composed yet.");

    public static Task<StoreUnderTest> Sqlite(string file, StoreSetup setup) =>
        throw new InvalidOperationException($"No store for {file} with {setup} is composed yet.");
}
