using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Tests.Support;
using Tms.Streams.Providers;
using Xunit;

namespace Tms.Grains.Tests.Streams;

public sealed class LogQueueMapperTests
{
    private readonly LogQueueMapper _mapper = new(CompanyStream.Provider);

    [Fact]
    public void There_is_one_queue_per_partition() => Assert.Equal(TenantId.Partitions, _mapper.GetAllQueues().Distinct().Count());

    [Fact]
    public void A_companys_queue_is_its_partition()
    {
        var company = World.Company();

        var queue = _mapper.GetQueueForStream(StreamId.Create(CompanyStream.Namespace, company.ToString()));

        Assert.Equal((uint)company.Partition, queue.GetNumericId());
    }
}
