namespace Tms.Api.Audit;

/// <summary>What a walk over a company's hash chain has found (contract, section 5).</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="Events">How many events its log has by what is noted as its end.</param>
/// <param name="HeadHash">The chain's hash there, lower-case hex.</param>
/// <param name="Valid">Whether every event is as it was written, and every head that was given and is the company's agrees.</param>
/// <param name="FirstBadPosition">The first position that is not as it was written, as far as can be told; null: none.</param>
/// <param name="Reason">What is wrong there, for a person; null: nothing.</param>
public sealed record LogVerificationView(Guid CompanyId, long Events, string HeadHash, bool Valid, long? FirstBadPosition, string? Reason);

/// <summary>What a walk over a company's hash chain has found, held against heads that somebody kept.</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="Events">How many events its log has by what is noted as its end.</param>
/// <param name="HeadHash">The chain's hash there, lower-case hex.</param>
/// <param name="Valid">Whether every event is as it was written, and no head that was given and is the company's says otherwise.</param>
/// <param name="FirstBadPosition">
/// The first position that is not as it was written, as far as can be told: where only a head shows it, it may be an earlier one. Null:
/// none.
/// </param>
/// <param name="Reason">What is wrong there, for a person; null: nothing.</param>
/// <param name="Heads">What each head says, in the order in which they were given.</param>
public sealed record HeadVerificationView(
    Guid CompanyId, long Events, string HeadHash, bool Valid, long? FirstBadPosition, string? Reason, IReadOnlyList<HeadView> Heads);

/// <summary>What one head says of the log.</summary>
/// <param name="Position">The position it speaks of; null where it is none of our heads.</param>
/// <param name="Valid">Whether it is a head of this company, signed here, and the log has that event with that hash.</param>
/// <param name="Reason">Why not, for a person; null where it is valid.</param>
public sealed record HeadView(long? Position, bool Valid, string? Reason);

/// <summary>The end of a company's log, signed: to be kept where nobody who can write to the database can write.</summary>
/// <param name="Head">Compact JWS; what it says stands beside it here.</param>
/// <param name="CompanyId">The company.</param>
/// <param name="Position">Its last event.</param>
/// <param name="Hash">The chain's hash after it, lower-case hex.</param>
/// <param name="Time">Time of that event, UTC.</param>
/// <param name="Epoch">The history that the position belongs to: another one after a restore.</param>
public sealed record SignedHeadView(string Head, Guid CompanyId, long Position, string Hash, DateTimeOffset Time, Guid Epoch);
