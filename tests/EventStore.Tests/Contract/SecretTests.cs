using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class SecretTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly Guid _subject = Guid.CreateVersion7();

    [Fact]
    public async Task A_secret_is_written_overwritten_and_removed_with_its_unit()
    {
        await Store.Appended(Writing("first"));
        Assert.Equal("first", await Read());
        await Store.Appended(Writing("second"));
        Assert.Equal("second", await Read());
        await Store.Appended(Writing(null));
        Assert.Null(await Read());
    }

    [Fact]
    public async Task A_unit_that_is_not_stored_leaves_the_secret_as_it_was()
    {
        await Store.Appended(Writing("first"));
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Writing("second", expected: 2)));
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Writing(null, expected: 2)));
        Assert.Equal("first", await Read());
    }

    [Fact]
    public async Task Secrets_of_other_kinds_subjects_and_tenants_do_not_meet()
    {
        await Store.Appended(Writing("mine"));
        Assert.Null(await Store.FindSecret(_tenant, _subject, "token"));
        Assert.Null(await Store.FindSecret(_tenant, Guid.CreateVersion7(), "password"));
        Assert.Null(await Store.FindSecret(Some.Tenant(), _subject, "password"));
    }

    [Fact]
    public async Task The_last_of_a_unit_with_one_secret_twice_wins()
    {
        var unit = Some.Unit(_tenant, Some.Stream()) with { Secrets = [Secret("first"), Secret("second")] };
        await Store.Appended(unit);
        Assert.Equal("second", await Read());
    }

    [Fact]
    public async Task Of_many_writers_at_once_the_last_in_the_log_wins()
    {
        var units = Enumerable.Range(0, 50).Select(n => Writing($"{n}")).ToArray();
        var results = await Store.AppendAll(units);
        var last = results.Cast<AppendResult.Appended>().Index().MaxBy(result => result.Item.Sequence.Value).Index;
        Assert.Equal($"{last}", await Read());
    }

    private AppendUnit Writing(string? secret, int expected = 0) =>
        Some.Unit(_tenant, Some.Stream(), expected) with { Secrets = [Secret(secret)] };

    private Secret Secret(string? value) => new(_tenant, _subject, "password", value is null ? null : Some.Bytes(value));

    private async Task<string?> Read() => await Store.FindSecret(_tenant, _subject, "password") is { } bytes ? Some.Text(bytes) : null;
}
