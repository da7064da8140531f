namespace Tms.Domain.Invoices;

/// <summary>
/// Finds, over all companies, the invoices that <see cref="MarkOverdue"/> is due for: for the job that does it, never for a request.
/// </summary>
public interface IOverdueInvoices
{
    /// <summary>
    /// Sent invoices with something outstanding that fell due before a day and are not marked yet, always in the same order.
    /// </summary>
    /// <param name="today">The day in Oslo; what is due on it is not late.</param>
    /// <param name="after">Exclusive; null begins with the longest overdue.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancel">Cancels the read.</param>
    Task<IReadOnlyList<OverdueCandidate>> Find(DateOnly today, OverdueCandidate? after, int limit, CancellationToken cancel);
}

/// <summary>An invoice that fell due.</summary>
/// <param name="Company">Whose it is.</param>
/// <param name="Id">The invoice.</param>
/// <param name="Version">Its version when it was found.</param>
/// <param name="DueDate">Last day to pay.</param>
public sealed record OverdueCandidate(Guid Company, Guid Id, int Version, DateOnly DueDate);
