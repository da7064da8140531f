using Tms.Silo;
using Tms.Testing.Files;

namespace Tms.Grains.Tests.Cluster;

public sealed class SqliteSiloTests : SiloTests
{
    private readonly TempFolder _folder = new();

    public override async ValueTask InitializeAsync() =>
        await Start(new SiloOptions { DataPath = _folder.FullName, SiloPort = 0, GatewayPort = 0 });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
