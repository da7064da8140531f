using Tms.Api.Admin;
using Tms.Api.Audit;
using Tms.Api.Auth;
using Tms.Api.Blobs;
using Tms.Api.Companies;
using Tms.Api.Events;
using Tms.Api.Http;
using Tms.Api.Realtime;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Api.Users;
using Tms.Domain.Access;

namespace Tms.Api.Hosting;

/// <summary>Adds what the business areas' controllers share.</summary>
internal static class AreaServices
{
    private static readonly string[] Everything = ["silo", "store"];

    public static IServiceCollection AddTmsAreas(this IServiceCollection services) => services
        .AddSingleton(new Module("AUTH", Everything)).AddSingleton(new Module("USERS", Everything))
        .AddSingleton(new Module("ECONOMY", Everything)).AddSingleton(new Module("LIVE", Everything))
        .AddSingleton<ICompanyDirectory>(static provider => new CompanyDirectory(provider.GetRequiredService<IGrainFactory>()))
        .AddSingleton(typeof(AggregateDesk<,,>)).AddSingleton<ListDesk>()
        .AddSingleton<IActiveModules>(static provider => provider.GetRequiredService<ICompanyDirectory>())
        .AddSingleton<CompanyDesk>().AddSingleton<UserDesk>().AddSingleton<IMailLimits, MailLimits>()
        .AddSingleton<EventHistory>()
        .AddSingleton<Uploads>()
        .AddSingleton<AuditTrail>().AddSingleton<LogWalks>().AddSingleton<SignedHeads>().AddSingleton<HeadCheck>()
        .AddSingleton<PersonRecords>().AddSingleton<Erasures>()
        .AddTmsAuth()
        .AddSingleton<ITokenValidator, LiveTokens>()
        .AddSingleton<IApiKeys, StoredApiKeys>()
        .AddRevocationFeed()
        .AddClusterLook()
        .AddSingleton<KeyWithdrawals>()
        .AddHostedService<FirstAdmin>();
}
