using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tms.EventStore.Tests.Values;

public sealed class StoreFaultTests
{
    [Theory]
    [InlineData("57P01", true)]
    [InlineData("25006", true)]
    [InlineData("53300", true)]
    [InlineData("40P01", true)]
    [InlineData("08006", true)]
    [InlineData("23503", false)]
    [InlineData("42P01", false)]
    [InlineData("22003", false)]
    public void A_failure_of_PostgreSQL_is_the_stores_by_its_class(string state, bool ofTheStore) =>
        Assert.Equal(ofTheStore, new PostgresException("no", "ERROR", "ERROR", state).IsOfTheStore());

    [Theory]
    [InlineData(5, true)]
    [InlineData(8, true)]
    [InlineData(13, true)]
    [InlineData(19, false)]
    [InlineData(1, false)]
    public void A_failure_of_SQLite_is_the_stores_by_its_code(int code, bool ofTheStore) =>
        Assert.Equal(ofTheStore, new SqliteException("no", code).IsOfTheStore());
}
