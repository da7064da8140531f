using System.Security.Cryptography;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.Grains.Abstractions.Shared;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>Files that events name are kept from the moment of the event on.</summary>
public sealed class NamedFileTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_names_a_file_brings_its_name_into_the_unit_until_another_ends_it()
    {
        var company = cluster.Company();
        var (album, id) = Album(company);
        var picture = await Stored(company, RandomNumberGenerator.GetBytes(100));

        await TestCompany.Done(album.Execute(new(picture.Hash.Hex), Some.Context()));
        await TestCompany.Done(album.Execute(new(picture.Hash.Hex, TakeOut: true), Some.Context()));

        var stream = new StreamName("albums", id);
        Assert.Equal(
            [new(picture, stream), new(picture, stream, Ends: true)],
            cluster.Writer.Units.Where(u => u.Streams[0].Stream == stream).SelectMany(u => u.Blobs));
    }

    [Fact]
    public async Task An_event_that_names_a_file_which_is_not_stored_does_not_happen_and_the_caller_is_told_why()
    {
        var company = cluster.Company();
        var (album, _) = Album(company);
        var bytes = RandomNumberGenerator.GetBytes(100);
        var command = new AddPicture(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var context = Some.Keyed("picture");

        var outcome = await album.Execute(command, context);
        Assert.Equal(
            (OutcomeKind.Refused, RefusalKind.State, RuleCodes.FileNotStored), (outcome.Kind, outcome.Refusal!.Kind, outcome.Refusal.Code));
        Assert.Empty(await company.Events(album, "albums"));

        await Stored(company, bytes);
        Assert.Equal(1, (await TestCompany.Done(album.Execute(command, context))).Version);
    }

    private (IAlbumGrain Album, Guid Id) Album(TestCompany company)
    {
        var id = Guid.CreateVersion7();
        return (cluster.Grains.GetGrain<IAlbumGrain>(GrainKey.For(company.Id, id)), id);
    }

    private async Task<BlobAddress> Stored(TestCompany company, byte[] bytes) =>
        Assert.IsType<BlobPut.Stored>(
            await cluster.Blobs.Put(BlobOwner.Company(company.Tenant), "image/png", new MemoryStream(bytes), Cancel)).Blob.Address;
}
