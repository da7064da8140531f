using System.Collections.Immutable;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Metadata;
using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Abstractions.Shared;
using Tms.Streams.Providers;
using Xunit;

namespace Tms.Grains.Tests.Streams;

/// <summary>Which partitions a silo delivers, by what the cluster says of its silos.</summary>
public sealed class HomeBalancerTests : IAsyncLifetime, IStreamQueueBalanceListener
{
    private static readonly SiloAddress Own = Silo(1);

    private readonly Manifests _manifests = new();
    private readonly Channel<int> _told = Channel.CreateUnbounded<int>();
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton<IClusterMembershipService>(new NoMembers()).AddSingleton<ILocalSiloDetails>(new LocalSilo()).BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly HomeBalancer _balancer;
    private bool _deaf;

    public HomeBalancerTests()
    {
        _manifests.Say((Own, true));
        _balancer = new(_manifests, _services, _time, NullLogger<HomeBalancer>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _balancer.Initialize(new LogQueueMapper(CompanyStream.Provider));
        _balancer.SubscribeToQueueDistributionChangeEvents(this);
    }

    public async ValueTask DisposeAsync()
    {
        await _balancer.Shutdown();
        await _services.DisposeAsync();
    }

    async Task IStreamQueueBalanceListener.QueueDistributionChangeNotification()
    {
        await _told.Writer.WriteAsync(Partitions.Count());
        if (_deaf) throw new InvalidOperationException("Not now.");
    }

    [Fact]
    public void A_lone_silo_delivers_every_partition() => Assert.Equal(TenantId.Partitions, Partitions.Count());

    [Fact]
    public async Task A_silo_delivers_the_partitions_that_live_there_and_says_when_they_change()
    {
        _manifests.Say((Own, true), (Silo(2), true), (Silo(3), true));
        await Later();
        var homes = PartitionHomes.Of([Own, Silo(2), Silo(3)], TenantId.Partitions);
        Assert.Equal(Enumerable.Range(0, TenantId.Partitions).Where(p => homes[p].Equals(Own)), Partitions);

        _manifests.Say((Own, true));
        Assert.Equal(TenantId.Partitions, await _told.Reader.ReadAsync(Cancel));
    }

    [Fact]
    public async Task A_silo_takes_partitions_at_once_and_leaves_them_when_all_silos_have_heard_of_it()
    {
        _manifests.Say((Own, true), (Silo(2), true));
        await Later();
        var before = Partitions.ToList();

        _manifests.Say((Own, true), (Silo(3), true), (Silo(4), true));
        await _told.Reader.ReadAsync(Cancel);
        var homes = PartitionHomes.Of([Own, Silo(3), Silo(4)], TenantId.Partitions);
        var after = Enumerable.Range(0, TenantId.Partitions).Where(p => homes[p].Equals(Own)).ToList();
        Assert.NotEmpty(before.Except(after));
        Assert.NotEmpty(after.Except(before));
        Assert.Equal(before.Union(after).Order(), Partitions);

        Assert.Equal(after.Count, await Later());
        Assert.Equal(after, Partitions);
    }

    [Fact]
    public async Task A_silo_that_another_one_comes_to_for_a_moment_never_stops_delivering()
    {
        _manifests.Say((Own, true), (Silo(2), true));
        _manifests.Say((Own, true));
        _manifests.Say((Own, true), (Silo(2), true));

        Assert.True(await Later() < TenantId.Partitions);
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Beside_a_silo_of_an_earlier_release_a_silo_delivers_all()
    {
        _manifests.Say((Own, true), (Silo(2), true));
        Assert.True(await Later() < TenantId.Partitions);

        _manifests.Say((Own, true), (Silo(2), true), (Silo(3), false));
        Assert.Equal(TenantId.Partitions, await _told.Reader.ReadAsync(Cancel));
    }

    [Fact]
    public async Task A_change_that_concerns_other_silos_alone_tells_nobody()
    {
        _manifests.Say((Own, true));
        _manifests.Say((Own, true), (Silo(2), true));

        Assert.True(await Later() < TenantId.Partitions);
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Whoever_could_not_take_a_change_is_told_again()
    {
        _deaf = true;
        _manifests.Say((Own, true), (Silo(2), true));
        var half = await Later();
        _deaf = false;

        Assert.Equal(half, await Later());
    }

    [Fact]
    public async Task A_silo_that_knows_of_none_delivers_all()
    {
        _manifests.Say((Own, true), (Silo(2), true));
        await Later();

        _manifests.Say();
        Assert.Equal(TenantId.Partitions, await _told.Reader.ReadAsync(Cancel));
    }

    /// <summary>How many partitions the silo says next that it delivers, however long it waits with that.</summary>
    private async Task<int> Later()
    {
        while (!_told.Reader.TryPeek(out _))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await _told.Reader.ReadAsync(Cancel);
    }

    private IEnumerable<int> Partitions => _balancer.GetMyQueues().Select(queue => (int)queue.GetNumericId());

    private static SiloAddress Silo(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11110 + number), 1);

    /// <summary>What a test says of the cluster: its silos, and whether each is of this release.</summary>
    private sealed class Manifests : IClusterManifestProvider
    {
        private static readonly GrainManifest Earlier = Of(
            new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal)));
        private readonly Channel<ClusterManifest> _updates = Channel.CreateUnbounded<ClusterManifest>();

        public ClusterManifest Current { get; private set; } = null!;

        public IAsyncEnumerable<ClusterManifest> Updates => _updates.Reader.ReadAllAsync();

        public GrainManifest LocalGrainManifest => Earlier;

        public void Say(params (SiloAddress Silo, bool OfThisRelease)[] silos)
        {
            Current = new(MajorMinorVersion.Zero, silos.ToImmutableDictionary(s => s.Silo, s => s.OfThisRelease ? Present() : Earlier));
            _updates.Writer.TryWrite(Current);
        }

        private static GrainManifest Present()
        {
            var properties = new Dictionary<string, string>();
            new PlacedByTenantAttribute().Populate(null!, typeof(object), default, properties);
            return Of(new GrainProperties(properties.ToImmutableDictionary(StringComparer.Ordinal)));
        }

        private static GrainManifest Of(GrainProperties properties) => new(
            ImmutableDictionary<GrainType, GrainProperties>.Empty.Add(GrainType.Create("some"), properties),
            ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty);
    }

    private sealed class LocalSilo : ILocalSiloDetails
    {
        public string Name => "";

        public string ClusterId => "";

        public string DnsHostName => "";

        public SiloAddress SiloAddress => Own;

        public SiloAddress GatewayAddress => Own;
    }

    private sealed class NoMembers : IClusterMembershipService
    {
        public ClusterMembershipSnapshot CurrentSnapshot { get; } =
            new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, MembershipVersion.MinValue);

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => AsyncEnumerable.Empty<ClusterMembershipSnapshot>();

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);
    }
}
