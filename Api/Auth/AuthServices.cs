using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.Api.Hosting;
using Tms.Api.Security;
using Tms.EventStore.Keys;

namespace Tms.Api.Auth;

/// <summary>Puts together who logs in and how.</summary>
internal static class AuthServices
{
    /// <summary>Passwords, logins and sessions.</summary>
    public static IServiceCollection AddTmsAuth(this IServiceCollection services)
    {
        services.AddMetrics().TryAddSingleton<MailTokens>();
        services.Replace(
            ServiceDescriptor.Singleton<IOutsideTokens>(
                static provider => provider.GetRequiredService<ApiSettings>().Authority is { } authority
            ? ActivatorUtilities.CreateInstance<OutsideTokens>(provider, authority)
            : new NoOutsideTokens()));
        return services
            .AddSingleton<Passwords>().AddSingleton<SecondFactors>().AddSingleton<SecondFactorTickets>().AddSingleton<LoginMetrics>()
            .AddSingleton<RecentLogins>().AddSingleton<LoginGate>()
            .AddSingleton<RefreshTokens>().AddSingleton<SessionEnds>().AddSingleton<Sessions>().AddSingleton<UserSessions>()
            .AddSingleton<OwnAccount>().AddSingleton<MailedRequests>()
            .AddSingleton<ForgottenPasswords>().AddHostedService(static provider => provider.GetRequiredService<ForgottenPasswords>())
            .AddSingleton<LoginDesk>().AddSingleton<UnshownAddresses>().AddSingleton<Registrations>();
    }
}
