using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Http;
using Tms.Api.Users;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Persons;

namespace Tms.Api.Tests.Blobs;

/// <summary>A person's export holds the person's files, whole.</summary>
public sealed class PersonFileTests(FilesApi files) : IClassFixture<FilesApi>
{
    private readonly TenantId _tenant = new(Guid.CreateVersion7());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pieces_of_each_file_are_the_file()
    {
        var (kari, ola) = (await Born(), await Born());
        var bytes = new byte[(IBlobStore.PieceSize * 2) + 1];
        Random.Shared.NextBytes(bytes);
        await Put(kari, bytes);
        await Put(ola, [1]);
        await Put(Guid.Empty, [2]);

        var file = Assert.Single((await Exported(kari)).EnumerateArray());
        Assert.Equal(("image/png", bytes.Length), (file.GetProperty("mediaType").GetString(), file.GetProperty("size").GetInt32()));
        Assert.Equal(bytes, file.GetProperty("content").EnumerateArray().SelectMany(piece => piece.GetBytesFromBase64()));
    }

    private async Task<JsonElement> Exported(Guid person)
    {
        var records = ActivatorUtilities.CreateInstance<PersonRecords>(files.Store, TmsEvents.Catalog);
        var wire = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        JsonWire.Configure(wire);
        using var written = new MemoryStream();
        await JsonSerializer.SerializeAsync(written, records.Files(_tenant, person, Cancel), wire, Cancel);
        return JsonDocument.Parse(written.ToArray()).RootElement;
    }

    private async Task Put(Guid owner, byte[] bytes) => Assert.IsType<BlobPut.Stored>(
        await files.Store.GetRequiredService<IBlobStore>().Put(new(_tenant, owner), "image/png", new MemoryStream(bytes), Cancel));

    private async Task<Guid> Born()
    {
        var person = Guid.CreateVersion7();
        var born = new EventData(Guid.CreateVersion7(), "USER_REGISTERED", 1, "{}"u8.ToArray());
        var unit = new AppendUnit
        {
            Tenant = _tenant,
            Streams = [new(_tenant, new("users", person), StreamVersion.Empty, [born])],
            Metadata = "{}"u8.ToArray(),
            Secrets = [files.Store.GetRequiredService<PersonKeys>().Make(_tenant, person).Secret],
        };
        Assert.IsType<AppendResult.Appended>(await files.Store.GetRequiredService<IEventWriter>().Append(unit, Cancel));
        return person;
    }
}
