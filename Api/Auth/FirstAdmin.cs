using Tms.Api.Http;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.ReadModels.Users;

namespace Tms.Api.Auth;

/// <summary>
/// On the very first start: makes the ADMIN, from TMS_ADMIN_EMAIL and TMS_ADMIN_PASSWORD, or with a password that is shown once.
/// </summary>
/// <remarks>Starts after the silo and before the address is listened to: whoever finds the process ready can log in.</remarks>
internal sealed class FirstAdmin(IGrainFactory grains, UserList users, Passwords passwords, IConfiguration configuration) : IHostedService
{
    private const string DefaultEmail = "admin@tms.localhost";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await users.Any(cancellationToken)) return;
        var email = configuration["TMS_ADMIN_EMAIL"] ?? DefaultEmail;
        var given = configuration["TMS_ADMIN_PASSWORD"];
        var password = given ?? Passwords.Generate();
        if (passwords.Fault(password) is { } fault) throw new ConfigurationFaultException($"TMS_ADMIN_PASSWORD: {fault}");
        var outcome = await Register(email, await passwords.Hash(password, cancellationToken));
        if (outcome.Kind == OutcomeKind.Done && given is null)
        {
            // Not the log: this is the one time that the password is shown.
            Console.WriteLine($"First start: log in as {email} with password {password} and change it. It is not shown again.");
        }
        else if (outcome.Refusal is { } refusal)
        {
            throw new ConfigurationFaultException($"TMS_ADMIN_EMAIL '{email}' cannot be the first administrator: {refusal.Detail}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<Outcome<UserView>> Register(string email, byte[] hash)
    {
        var (platform, id) = (TenantId.Platform.Value, Guid.CreateVersion7());
        CallerTenant.Set(platform);
        return grains.GetGrain<IUserGrain>(GrainKey.For(platform, id)).Send(
            new RegisterUser(id, null, Role.Admin, new UserInput(email, "First", "Administrator"), hash),
            new CommandContext(Guid.CreateVersion7(), "first-start", "first-start"));
    }
}
