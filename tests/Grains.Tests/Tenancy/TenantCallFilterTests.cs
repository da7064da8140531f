using Tms.EventStore;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Tenancy;

public sealed class TenantCallFilterTests
{
    private readonly TenantId _company = World.Company();

    [Fact]
    public Task A_call_for_the_grains_tenant_passes() => Call(_company.Value, _company);

    [Fact]
    public Task A_platform_call_to_the_platform_passes() => Call(TenantId.Platform.Value, TenantId.Platform);

    [Fact]
    public Task A_call_for_another_tenant_is_refused() => Refused(World.Company().Value, _company);

    [Fact]
    public Task A_call_for_nobody_is_refused() => Refused(null, _company);

    [Fact]
    public Task A_platform_call_to_a_company_is_refused() => Refused(TenantId.Platform.Value, _company);

    [Fact]
    public Task A_companys_call_to_the_platform_is_refused() => Refused(_company.Value, TenantId.Platform);

    [Fact]
    public void Acting_for_a_tenant_ends_with_its_scope()
    {
        CallerTenant.Set(_company.Value);
        using (CallerTenant.ActingFor(TenantId.Platform.Value)) Assert.Equal(TenantId.Platform.Value, CallerTenant.Get());

        Assert.Equal(_company.Value, CallerTenant.Get());
    }

    private static Task Refused(Guid? caller, TenantId called) => Assert.ThrowsAsync<TenantMismatchException>(() => Call(caller, called));

    private static async Task Call(Guid? caller, TenantId called)
    {
        await using var cluster = await new World().Start();
        var node = cluster.Client.CreateObjectReference<INodeFeed>(new Node());
        RequestContext.Clear();
        if (caller is { } tenant) CallerTenant.Set(tenant);
        await cluster.Client.GetGrain<ICompanyFeedGrain>(called.ToString()).Register(node);
    }
}
