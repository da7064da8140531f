namespace Tms.Api.Pages;

/// <summary>A page that a mailed link opens.</summary>
/// <param name="Name">Its path, without a slash, as mails have it.</param>
/// <param name="Html">Makes it; true: in English.</param>
internal sealed record MailedPage(string Name, Func<bool, string> Html);

/// <summary>The pages' words, in Norwegian and English.</summary>
internal static class PageTexts
{
    /// <summary>Pages that links in mails open.</summary>
    public static IReadOnlyList<MailedPage> Mailed { get; } =
    [
        new("join", static english => Form(english, new("join", "register", "invitationToken")
        {
            Title = english ? "Join" : "Bli med",
            Intro = english
                ? "You were invited to TMS. Say who you are and choose a password."
                : "Du er invitert til TMS. Fyll ut hvem du er, og velg et passord.",
            Fields = Field(english ? "First name" : "Fornavn", "firstName", "given-name")
                + Field(english ? "Last name" : "Etternavn", "lastName", "family-name") + Password(english, "password"),
            Button = english ? "Join" : "Bli med",
        })),
        new("reset-password", static english => Form(english, new("reset-password", "password/reset", "token")
        {
            Title = english ? "New password" : "Nytt passord",
            Intro = english ? "Choose a new password for your user." : "Velg et nytt passord for brukeren din.",
            Fields = Password(english, "newPassword"),
            Button = english ? "Save" : "Lagre",
        })),
        new("confirm-email", static english => Form(english, new("confirm-email", "email/confirm", "token")
        {
            Title = english ? "Confirm your e-mail address" : "Bekreft e-postadressen",
            Intro = english ? "Is this address yours, and do you want to log in with it?" : "Er adressen din, og vil du logge inn med den?",
            Fields = "",
            Button = english ? "Confirm" : "Bekreft",
        })),
    ];

    /// <summary>The first page.</summary>
    public static string Home(bool english) => Page(english, "TMS", english
        ? """<p>The back office of Norwegian transport companies. This server has an API, and no user interface of its own """
            + """yet.</p><ul><li><a href="docs">The API</a></li><li><a href="docs/errors">Error codes</a></li><li><a """
            + """href="docs/versions">Versions</a></li><li><a href="health">Health</a></li></ul>"""
        : """<p>Kontorsystemet for norske transportbedrifter. Denne serveren har et API, og foreløpig ingen egen """
            + """brukerflate.</p><ul><li><a href="docs">API-et</a></li><li><a href="docs/errors">Feilkoder</a></li><li><a """
            + """href="docs/versions">Versjoner</a></li><li><a href="health">Helse</a></li></ul>""");

    private static string Form(bool english, FormParts form) => Page(english, form.Title, $"""
        <p>{form.Intro}</p>
        <div id="told" hidden></div>
        <noscript><p role="alert">{(english ? "This page needs JavaScript." : "Denne siden trenger JavaScript.")}</p></noscript>
        <form hidden data-to="api/v2/auth/{form.To}" data-token="{form.Token}">{form.Fields}<p><button>{form.Button}</button></p></form>
        """, form.Page);

    private static string Page(bool english, string title, string body, string? script = null) => $"""
        <!doctype html>
        <html lang="{(english ? "en" : "nb")}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots"
          content="noindex">
        <title>{(title == "TMS" ? title : title + " – TMS")}</title><link rel="stylesheet"
          href="pages/pages.css">{(script is null ? "" : "<script src=\"pages/pages.js\" defer></script>")}</head>
        <body{(script is null ? "" : $" data-page=\"{script}\"")}><main><h1>{title}</h1>{body}</main></body>
        </html>
        """;

    private static string Field(string label, string name, string kind) =>
        $"""<label>{label}<input name="{name}" autocomplete="{kind}" maxlength="100" required></label>""";

    private static string Password(bool english, string name) => $"""
        <label>{(english ? "Password (at least 10 characters)" : "Passord (minst 10 tegn)")}<input name="{name}" type="password"
          autocomplete="new-password" minlength="10" maxlength="256" required></label>
        """;

    /// <param name="Page">Name of the page, by which the script finds its words.</param>
    /// <param name="To">Where the form goes, under /api/v2/auth.</param>
    /// <param name="Token">Name of the field that takes the mailed token.</param>
    private sealed record FormParts(string Page, string To, string Token)
    {
        public required string Title { get; init; }

        public required string Intro { get; init; }

        public required string Fields { get; init; }

        public required string Button { get; init; }
    }
}
