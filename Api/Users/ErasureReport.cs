namespace Tms.Api.Users;

/// <summary>What became of a person's data. The same whenever it is asked for again.</summary>
/// <param name="ErasedAt">When they were erased, UTC.</param>
/// <param name="Kept">What stays, and why.</param>
/// <param name="Disclosures">What had gone to others and cannot be taken back from here.</param>
public sealed record ErasureReport(DateTimeOffset ErasedAt, IReadOnlyList<KeptRecord> Kept, IReadOnlyList<Disclosure> Disclosures);

/// <summary>Records that stay when a person is erased; they name the person by an id alone, which then leads to nobody.</summary>
/// <param name="What">Kind of the records, e.g. <c>invoices</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Reason">Why they stay.</param>
public sealed record KeptRecord(string What, long Count, string Reason);

/// <summary>Something about the person that left the system.</summary>
/// <param name="Kind">What: <c>invitation_mail</c>, <c>password_reset_mail</c> or <c>email_change_mail</c>.</param>
/// <param name="At">When, UTC.</param>
public sealed record Disclosure(string Kind, DateTimeOffset At);
