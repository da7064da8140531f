using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Companies;

namespace Tms.Api.Demo;

/// <summary>
/// With <c>--demo</c>: fills an empty store once, and completes what an ended start left undone. Never touches a store that others use.
/// </summary>
internal sealed class DemoStart(
    IEnumerable<IDemoArea> areas, IGrainFactory grains, IEventReader store, CompanyList companies, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var demo = new DemoCompany(grains, await store.Epoch(cancellationToken), Oslo.DateOf(time.GetUtcNow()));
        var there = await companies.All(Guid.Empty, 1, 0, cancellationToken);
        if (there.Count == 0)
        {
            Console.WriteLine("Demo data: log in as one of these. The passwords are not shown again.");
        }
        else if (await store.FindReservation("email", DemoUsers.LeadEmail, cancellationToken) is { } lead && lead.Owner == demo.Lead)
        {
            Console.WriteLine("Demo data is there already; its passwords were shown when it was made.");
        }
        else
        {
            Console.WriteLine("There are other companies in this store: no demo data was added.");
            return;
        }

        foreach (var area in areas) await area.Fill(demo, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
