using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Serialization;
using Tms.EventStore;
using Tms.Silo;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

/// <summary>What a silo throws is what a caller in another process catches.</summary>
public sealed class TravellingFaultTests
{
    private static readonly SiloOptions Options =
        new() { ConnectionString = "Host=127.0.0.1;Database=tms", AdvertisedAddress = "127.0.0.1" };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unavailable_store_stays_one_whatever_the_cause(bool said)
    {
        Exception cause = said
            ? new PostgresException("the database system is shutting down", "FATAL", "FATAL", "57P03")
            : new NpgsqlException("Failed to connect", new SocketException(111));
        using var silo = Build(builder => builder.AddTmsSilo(Options));
        using var client = Build(builder => builder.AddTmsClient(Options));
        var sent = silo.Services.GetRequiredService<Serializer>()
            .SerializeToArray<Exception>(new StoreUnavailableException("PostgreSQL cannot be reached.", cause));
        var caught = Assert.IsType<StoreUnavailableException>(
            client.Services.GetRequiredService<Serializer>().Deserialize<Exception>(sent));
        Assert.Equal(cause.Message, caught.InnerException?.Message);
    }

    private static IHost Build(Action<HostApplicationBuilder> compose)
    {
        var builder = Host.CreateApplicationBuilder();
        compose(builder);
        return builder.Build();
    }
}
