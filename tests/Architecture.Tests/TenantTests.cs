namespace Tms.Architecture.Tests;

/// <summary>
/// The call filter of silos compares a grain's company with the caller's: it is a second look only where the caller's company does not come
/// from the request.
/// </summary>
public sealed class TenantTests
{
    // The edge's own answer to who calls; and what acts for a company that no caller names: a login, a mailed token, an API key, the
    // caller's home, the first start.
    private static readonly string[] MaySay =
    [
        "Security/Access.cs", "Security/StoredApiKeys.cs", "Tenancy/CompanyDirectory.cs", "Users/UserDesk.cs", "Companies/CompanyDesk.cs",
        "Demo/DemoCompany.cs",
        "Auth/AuthV1Controller.cs", "Auth/FirstAdmin.cs", "Auth/LoginDesk.cs", "Auth/LoginGate.cs", "Auth/MailedRequests.cs",
        "Auth/OwnAccount.cs", "Auth/Registrations.cs",
        "Auth/SecondFactors.cs", "Auth/SessionEnds.cs", "Auth/UnshownAddresses.cs", "Users/PersonController.cs",
        "Security/KeyWithdrawals.cs", "Realtime/OrleansConnectionLeases.cs", "Admin/DeadLettersController.cs",
    ];

    [Fact]
    public void Few_places_of_the_edge_say_for_whom_a_grain_is_called() => Assert.Equal(
        MaySay.Order(StringComparer.Ordinal),
        Production.Sources("Api").Where(s => s.Text.Contains("CallerTenant.", StringComparison.Ordinal))
            .Select(s => s.Path.Replace('\\', '/')).Order(StringComparer.Ordinal));
}
