using Tms.Api.Http;

namespace Tms.Api.Hosting;

/// <summary>Counts requests of which only the action can tell whose they are. The answer's headers tell what is left.</summary>
public interface ICallerLimits
{
    /// <summary>Counts a request that brings a session's refresh token.</summary>
    /// <returns>429; null: there was one left, or nothing is limited.</returns>
    ValueTask<Problem?> Session(HttpContext http, Guid session);

    /// <summary>Counts a request by its address as one that a stranger sends. It is given back where the answer is a success.</summary>
    /// <returns>429; null: there was one left, or nothing is limited.</returns>
    ValueTask<Problem?> Stranger(HttpContext http);

    /// <summary>Counts an export of everything that is known of a person: it reads all that the person ever did.</summary>
    /// <returns>429, which says so; null: there was one left, or nothing is limited.</returns>
    ValueTask<Problem?> Export(HttpContext http, Guid person);

    /// <summary>Says that an answer tells of no failure, whatever its status: what was lent is given back.</summary>
    void Succeed(HttpContext http);

    /// <summary>Says that an answer tells of a failure, whatever its status: nothing is given back.</summary>
    void Fail(HttpContext http);
}
