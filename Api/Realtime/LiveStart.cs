namespace Tms.Api.Realtime;

/// <summary>What a client asks for when it connects.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Named">The company named with <c>?companyId=</c>; null when none is.</param>
/// <param name="Company">Whose events it follows; null: none.</param>
/// <param name="Resume">Where it wants to be served from.</param>
internal sealed record LiveStart(LiveCaller Caller, Guid? Named, Guid? Company, ResumePoint Resume)
{
    /// <summary>Reads the request of a connect; null with a reason when it cannot be served.</summary>
    public static LiveStart? From(HttpContext? http, out CloseReason? refused)
    {
        Guid? named = null;
        Guid? company = null;
        ResumePoint resume = default;
        var caller = LiveCaller.From(http?.User);
        refused = caller is null ? CloseReason.InvalidToken
            : !TryParseCompany(http!.Request.Query, out named) ? CloseReason.InvalidCompany
            : !caller.TryFollow(named, out company) ? CloseReason.CompanyForbidden
            : !ResumePoint.TryParse(http.Request.Query, out resume) ? CloseReason.InvalidSince
            : null;
        return refused is null ? new(caller!, named, company, resume) : null;
    }

    private static bool TryParseCompany(IQueryCollection query, out Guid? named)
    {
        var text = query["companyId"].ToString();
        named = Guid.TryParse(text, out var id) ? id : null;
        return named is not null || text.Length == 0;
    }
}
