using System.Reflection;
using Tms.EventStore;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Tests.Aggregates;
using Xunit;

namespace Tms.Grains.Tests.Tenancy;

/// <summary>Whoever forgets a check at the edge and calls another company's grain is refused by the grain's silo.</summary>
public sealed class ForeignGrainTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    public static TheoryData<Type> Aggregates => [.. typeof(ICompanyGrain).Assembly.GetExportedTypes().Where(IsAggregate)];

    [Theory]
    [MemberData(nameof(Aggregates), DisableDiscoveryEnumeration = true)]
    public async Task No_aggregate_answers_to_another_company(Type aggregate)
    {
        var (own, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var caller in (Guid?[])[other, TenantId.Platform.Value, null])
        {
            await Assert.ThrowsAsync<TenantMismatchException>(() => Get(aggregate, caller, own));
        }

        await Get(aggregate, own, own);
    }

    private async Task Get(Type aggregate, Guid? caller, Guid tenant)
    {
        RequestContext.Clear();
        if (caller is { } id) CallerTenant.Set(id);
        var grain = cluster.Grains.GetGrain(aggregate, GrainKey.For(tenant, Guid.CreateVersion7()));
        var get = aggregate.GetInterfaces().Single(IsBase).GetMethod("Get", BindingFlags.Instance | BindingFlags.Public)!;
        await ((Task)get.Invoke(grain, null)!).WaitAsync(TestCompany.Limit);
    }

    private static bool IsAggregate(Type type) => type.IsInterface && type.GetInterfaces().Any(IsBase);

    private static bool IsBase(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAggregateGrain<,>);
}
