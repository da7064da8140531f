using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Tenancy;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Companies;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Security;

public sealed class ModuleTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly Guid _company = Guid.CreateVersion7();

    private ApiHost Api => shared.Api;

    private EveryCompany Companies => (EveryCompany)Api.Services.GetRequiredService<ICompanyDirectory>();

    [Theory]
    [InlineData(Role.Bruker)]
    [InlineData(Role.Hovedbruker)]
    [InlineData(Role.Admin)]
    public async Task Without_the_module_nobody_gets_in_and_with_it_again_everybody_who_may(Role role)
    {
        Companies.Deactivate(_company, Module.Economy);
        Assert.Equal((HttpStatusCode.Forbidden, "module_not_active"), await Ask(role));
        Companies.Activate(_company, Module.Economy);
        Assert.Equal((HttpStatusCode.OK, null), await Ask(role));
    }

    [Fact]
    public async Task Who_may_not_anyway_learns_nothing_of_modules()
    {
        Companies.Deactivate(_company, Module.Economy);
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), await Ask(Role.Elev));
    }

    [Fact]
    public async Task Another_module_closes_nothing_here()
    {
        Companies.Deactivate(_company, Module.Quiz);
        Assert.Equal((HttpStatusCode.OK, null), await Ask(Role.Bruker));
    }

    private async Task<(HttpStatusCode, string?)> Ask(Role role)
    {
        using var answer = await Api.Get("/api/v2/guarded", Api.As(role, _company), ("X-Company-Id", _company.ToString()));
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.Code());
    }
}
