using Microsoft.Extensions.Time.Testing;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Keys;
using Tms.EventStore.Persons;
using Tms.Grains.Users;
using Xunit;

namespace Tms.Grains.Tests.Persons;

/// <summary>Another process may use a person's key for a second after it was destroyed.</summary>
public sealed class LastTracesTests
{
    private static readonly EventCatalog Naming = new(CertificateDecider.Types);
    private readonly FakeTimeProvider _time = new();
    private readonly FoundTraces _found = new();
    private readonly StreamName _stream = new("certificates", Guid.CreateVersion7());

    [Fact]
    public async Task The_first_trace_of_a_person_is_found_although_it_comes_after_the_erasure()
    {
        var finding = Traces(Naming).Of(new(Guid.CreateVersion7()), Guid.CreateVersion7());
        Assert.False(finding.IsCompleted);
        _found.All.Add(_stream);
        _time.Advance(PersonKeys.Keep);
        Assert.Equal([_stream], await finding);
    }

    [Fact]
    public async Task Where_no_event_names_anybody_nobody_waits() =>
        Assert.Empty(await Traces(new([])).Of(new(Guid.CreateVersion7()), Guid.CreateVersion7()));

    [Fact]
    public async Task The_users_own_stream_says_of_its_erasure_itself_and_nobody_waits_for_it()
    {
        var user = Guid.CreateVersion7();
        _found.All.Add(new("users", user));
        Assert.Empty(await Traces(new([])).Of(new(Guid.CreateVersion7()), user));
    }

    [Fact]
    public async Task Another_stream_that_has_the_persons_id_is_waited_for()
    {
        var user = Guid.CreateVersion7();
        _found.All.AddRange([new("users", user), new("invitations", user)]);
        var finding = Traces(new([])).Of(new(Guid.CreateVersion7()), user);
        Assert.False(finding.IsCompleted);
        _time.Advance(PersonKeys.Keep);
        Assert.Equal(_found.All, await finding);
    }

    [Fact]
    public async Task What_another_release_wrote_is_found_too()
    {
        _found.All.Add(_stream);
        var finding = Traces(new([])).Of(new(Guid.CreateVersion7()), Guid.CreateVersion7());
        _time.Advance(PersonKeys.Keep);
        Assert.Equal([_stream], await finding);
    }

    // No key is looked for: they are only forgotten.
    private LastTraces Traces(EventCatalog catalog) =>
        new(_found, new PersonKeys(null!, MasterKey.Load(Convert.ToBase64String(new byte[32]), ""), _time), catalog, _time);

    private sealed class FoundTraces : IPersonTraces
    {
        public List<StreamName> All { get; } = [];

        public Task<IReadOnlyList<StreamName>> Streams(TenantId tenant, Guid person, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<StreamName>>([.. All]);

        public Task<IReadOnlyList<RecordedEvent>> Events(
            TenantId tenant, Guid person, CompanySequence after, int limit, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task Refold(TenantId tenant, StreamName stream, CancellationToken cancel) => throw new NotSupportedException();
    }
}
