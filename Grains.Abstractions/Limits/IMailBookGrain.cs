namespace Tms.Grains.Abstractions.Limits;

/// <summary>Counts the mails that people of one company have sent to addresses of their choice.</summary>
/// <remarks>
/// Key: the tenant's id. Soft state of the last hour, in memory alone, so that no address is kept: where a silo is lost, some more mails
/// may go.
/// </remarks>
[Alias("tms.mail-book")]
public interface IMailBookGrain : IGrainWithStringKey
{
    /// <summary>Counts a mail that is about to be sent, if it may be.</summary>
    [Alias("Take")]
    Task<MailTurn> Take(MailRequest request);

    /// <summary>Forgets a mail that was not sent after all.</summary>
    [Alias("GiveBack")]
    Task GiveBack(Guid id);
}

/// <summary>A mail that somebody wants to have sent.</summary>
/// <param name="Id">The same for each try of one request.</param>
/// <param name="Address">Where it would go, normalised.</param>
/// <param name="Limit">How many the company may have sent within an hour.</param>
[GenerateSerializer, Immutable, Alias("tms.mail-request")]
public readonly record struct MailRequest(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Address,
    [property: Id(2)] int Limit);

/// <summary>Whether a mail may be sent.</summary>
/// <param name="IsNew">Whether it was counted now; false: it may not be sent, or was counted with an earlier try.</param>
/// <param name="Wait">Seconds until one may be sent; 0: now.</param>
/// <param name="IsSameAddress">Whether it has to wait for the last one to the same address, and not for the company's others.</param>
[GenerateSerializer, Immutable, Alias("tms.mail-turn")]
public readonly record struct MailTurn(
    [property: Id(0)] bool IsNew,
    [property: Id(1)] int Wait = 0,
    [property: Id(2)] bool IsSameAddress = false);
