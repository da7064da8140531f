using System.Text.Json;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>Everything that the system knows of a person (GDPR, articles 15 and 20), as one JSON document.</summary>
/// <param name="ExportedAt">When it was made, UTC.</param>
/// <param name="User">The profile as it is now.</param>
/// <param name="Events">Every event of the person's own history, with what it holds of the person in plain.</param>
/// <param name="Sessions">Logins that last.</param>
/// <param name="Logins">When the person logged in, and when too many attempts failed.</param>
/// <param name="Actions">What the person did in the company, oldest first.</param>
/// <param name="Files">The person's files: photos, documents.</param>
/// <param name="Disclosures">What went to others.</param>
/// <param name="Kept">What stays when the person is erased, and why.</param>
public sealed record PersonExport(
    DateTimeOffset ExportedAt,
    UserView User,
    IReadOnlyList<PersonEvent> Events,
    IReadOnlyList<PersonSession> Sessions,
    IReadOnlyList<PersonEvent> Logins,
    IAsyncEnumerable<PersonAction> Actions,
    IAsyncEnumerable<PersonFile> Files,
    IReadOnlyList<Disclosure> Disclosures,
    IReadOnlyList<KeptRecord> Kept);

/// <summary>An event about the person.</summary>
/// <param name="Type">Stable name.</param>
/// <param name="Subject">What it happened to, e.g. <c>users/…</c>.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Data">What it says.</param>
public sealed record PersonEvent(string Type, string Subject, DateTimeOffset Time, JsonElement Data);

/// <summary>A login that lasts.</summary>
/// <param name="Id">The session.</param>
/// <param name="ExpiresAt">When it ends unless it is used, UTC.</param>
public sealed record PersonSession(Guid Id, DateTimeOffset ExpiresAt);

/// <summary>A file of the person.</summary>
/// <param name="Hash">SHA-256 of its bytes, 64 hexadecimal digits.</param>
/// <param name="MediaType">What it is, e.g. <c>image/jpeg</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="StoredAt">When it came, UTC.</param>
/// <param name="Content">Its bytes in pieces, each in base64: one after the other they are the file.</param>
public sealed record PersonFile(
    string Hash, string MediaType, long Size, DateTimeOffset StoredAt, IAsyncEnumerable<ReadOnlyMemory<byte>> Content);

/// <summary>Something that the person did.</summary>
/// <param name="Type">Stable name of the event.</param>
/// <param name="Subject">What it happened to, e.g. <c>invoices/…</c>.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Position">The company's own count.</param>
public sealed record PersonAction(string Type, string Subject, DateTimeOffset Time, long Position);
