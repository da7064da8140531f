using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Blobs;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore.Blobs;

namespace Tms.Api.Tests.Blobs;

[ApiController, ApiVersion(2.0), Route("api/files"), Requires(Permission.EconomyRead)]
public sealed class FilesController(IBlobStore blobs) : ControllerBase
{
    [HttpPost, Upload(Form = true)]
    public async Task<ActionResult> Store(CancellationToken cancel)
    {
        var taken = await new Uploads(blobs).Take(Request, BlobOwner.Company(HttpContext.Tenant()), FileType.Receipts, cancel);
        return taken.Problem?.ToResult() ??
            new JsonAnswer(new { hash = taken.Blob!.Address.Hash.Hex, taken.Blob.MediaType, taken.Name }, 201);
    }

    [HttpGet("{hash}")]
    public async Task<ActionResult> Read(string hash, CancellationToken cancel) =>
        BlobHash.Parse(hash) is { } known && await blobs.Find(new(BlobOwner.Company(HttpContext.Tenant()), known), cancel) is { } blob
            ? new BlobAnswer(blob, "kvittering \"1\" på norsk.pdf")
            : Tms.Api.Http.Answers.NotFound();
}
