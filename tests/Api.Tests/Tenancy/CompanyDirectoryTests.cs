using Tms.Api.Tenancy;
using Tms.Domain.Companies;
using Tms.Grains.Abstractions.Companies;

namespace Tms.Api.Tests.Tenancy;

public sealed class CompanyDirectoryTests
{
    private readonly Guid _company = Guid.CreateVersion7();
    private readonly CompanyDirectory _directory;
    private Func<Task<CompanyView?>> _answer;
    private int _asked;

    public CompanyDirectoryTests()
    {
        _answer = () => Task.FromResult<CompanyView?>(View(Module.Economy));
        _directory = new(_ =>
        {
            _asked++;
            return _answer();
        });
    }

    [Fact]
    public async Task A_company_is_asked_once_for_all_that_is_wanted_to_know()
    {
        Assert.True(await _directory.HasActive(_company, Module.Economy));
        Assert.False(await _directory.HasActive(_company, Module.Quiz));
        Assert.True(await _directory.Exists(_company));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_company_that_is_forgotten_is_asked_again()
    {
        Assert.True(await _directory.HasActive(_company, Module.Economy));
        _answer = () => Task.FromResult<CompanyView?>(View(Module.Quiz));
        _directory.Forget(_company);
        Assert.False(await _directory.HasActive(_company, Module.Economy));
        _directory.ForgetAll();
        Assert.True(await _directory.HasActive(_company, Module.Quiz));
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task An_answer_that_was_under_way_while_the_company_changed_is_not_kept()
    {
        var old = new TaskCompletionSource<CompanyView?>();
        _answer = () => old.Task;
        var before = _directory.HasActive(_company, Module.Economy);
        _directory.Forget(_company);
        _answer = () => Task.FromResult<CompanyView?>(View(Module.Quiz));
        old.SetResult(View(Module.Economy));
        Assert.True(await before);

        Assert.False(await _directory.HasActive(_company, Module.Economy));
    }

    [Fact]
    public async Task What_does_not_exist_or_does_not_answer_is_not_remembered()
    {
        _answer = () => Task.FromResult<CompanyView?>(null);
        Assert.False(await _directory.Exists(_company));
        _answer = () => Task.FromException<CompanyView?>(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => _directory.HasActive(_company, Module.Economy).AsTask());
        _answer = () => Task.FromResult<CompanyView?>(View(Module.Economy));
        Assert.True(await _directory.Exists(_company));
    }

    private CompanyView View(params Module[] modules) => new()
    {
        Id = _company,
        Name = "Fjord AS",
        OrganisationNumber = "974760673",
        VatRegistered = true,
        KidMethod = default,
        Modules = [.. modules],
        IsActive = true,
        Version = 1,
        CreatedAt = default,
        UpdatedAt = default,
    };
}
