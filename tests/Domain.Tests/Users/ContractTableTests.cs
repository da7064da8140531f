using Tms.Domain.Companies;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Users;

/// <summary>Who may do what (contract, section 4), written here once more: what the product's own table leaves out is missed.</summary>
public sealed class ContractTableTests
{
    private static readonly (Permission Permission, Role Least, Module? Module, bool ForKeys)[] Contract =
    [
        (Permission.CompaniesManage, Role.Admin, null, false),
        (Permission.CompanyRead, Role.Elev, null, true),
        (Permission.CompanyChange, Role.Hovedbruker, null, false),
        (Permission.UsersManage, Role.Hovedbruker, null, false),
        (Permission.OwnProfile, Role.Elev, null, false),
        (Permission.EconomyRead, Role.Bruker, Module.Economy, true),
        (Permission.EconomyDraft, Role.Bruker, Module.Economy, true),
        (Permission.EconomyRun, Role.Hovedbruker, Module.Economy, true),
        (Permission.Audit, Role.Hovedbruker, null, true),
        (Permission.ApiKeysManage, Role.Hovedbruker, null, false),
        (Permission.PlatformAdmin, Role.Admin, null, false),
        (Permission.Live, Role.Elev, null, false),
    ];

    [Fact]
    public void Every_permission_is_in_the_contract_once() =>
        Assert.Equal(Enum.GetValues<Permission>().Order(), Contract.Select(row => row.Permission).Order());

    [Fact]
    public void Each_role_may_what_the_contract_says()
    {
        foreach (var row in Contract)
            Assert.Equal(
                Enum.GetValues<Role>().Where(role => role >= row.Least).Order(),
                Enum.GetValues<Role>().Where(role => role.May(row.Permission)).Order());
    }

    [Fact]
    public void Each_permission_belongs_to_the_module_of_the_contract() =>
        Assert.Equal(
            Contract.Select(row => (row.Permission, row.Module)), Contract.Select(row => (row.Permission, row.Permission.Module())));

    [Fact]
    public void Each_key_may_have_what_the_contract_says() =>
        Assert.Equal(
            Contract.Select(row => (row.Permission, row.ForKeys)), Contract.Select(row => (row.Permission, row.Permission.IsForKeys())));
}
