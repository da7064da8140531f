using System.Net;

namespace Tms.Grains.Mail;

/// <summary>A link with a token in it, and the token by itself for who does not use the pages.</summary>
internal sealed record MailLink(string Url, string Token);

/// <summary>What a mail says.</summary>
internal sealed record MailText(string Subject, string Plain, string Html)
{
    /// <summary>Paragraphs, with a link after the first where there is one.</summary>
    public static MailText Of(string subject, MailLink? link, params string[] paragraphs)
    {
        string[] plain = link is null ? paragraphs : [paragraphs[0], link.Url, .. paragraphs[1..], $"Kode: {link.Token}"];
        string[] html = link is null
            ? [.. paragraphs.Select(Paragraph)]
            : [Paragraph(paragraphs[0]), Anchor(link), .. paragraphs[1..].Select(Paragraph), Paragraph($"Kode: {link.Token}")];
        return new MailText(
            subject, string.Join("\r\n\r\n", plain) + "\r\n",
            $"<!doctype html><html lang=\"nb\"><body>{string.Concat(html)}</body></html>");
    }

    private static string Paragraph(string text) => $"<p>{WebUtility.HtmlEncode(text)}</p>";

    private static string Anchor(MailLink link) =>
        $"<p><a href=\"{WebUtility.HtmlEncode(link.Url)}\">{WebUtility.HtmlEncode(link.Url)}</a></p>";
}

/// <summary>The mails, in Norwegian.</summary>
internal static class MailTexts
{
    private const string NotYou = "Var det ikke deg? Da kan du se bort fra denne e-posten.";
    private const string NotYouDone = "Var det ikke deg? Be om nytt passord med en gang, og si fra til den som administrerer TMS hos dere.";
    private const int MaxCompany = 100;

    public static MailText Invitation(string company, MailLink link)
    {
        var name = OneLine(company);
        return MailText.Of($"Invitasjon til {name} i TMS", link,
            $"Du er invitert til å bli bruker i {name}. Åpne lenken for å velge passord:",
            "Invitasjonen gjelder i sju dager og kan brukes én gang.", "Venter du ingen invitasjon, kan du se bort fra denne e-posten.");
    }

    public static MailText PasswordReset(MailLink link) => MailText.Of("Nytt passord i TMS", link,
        "Noen har bedt om nytt passord til brukeren din. Åpne lenken for å velge et:", "Lenken gjelder i én time og kan brukes én gang.",
        NotYou);

    public static MailText EmailChange(MailLink link) => MailText.Of("Bekreft e-postadressen din i TMS", link,
        "Noen vil bruke denne adressen i TMS. Åpne lenken for å bekrefte at den er din:",
        "Lenken gjelder i ett døgn og kan brukes én gang.", NotYou);

    public static MailText EmailChangeAsked(string email) => MailText.Of("Noen vil endre e-postadressen din i TMS", null,
        $"Noen har bedt om at brukeren din i TMS får en ny e-postadresse: {email}. Denne adressen brukes til den nye er bekreftet.",
        NotYouDone);

    public static MailText NewAdmin(string name, string email) => MailText.Of("Ny administrator i TMS", null,
        $"{OneLine(name)} ({email}) er blitt administrator og kan styre hele TMS.", "Er det feil? Deaktiver brukeren med en gang.");

    public static MailText NewApiKey(string key, string maker) => MailText.Of("Ny API-nøkkel i TMS", null,
        $"{OneLine(maker)} har laget API-nøkkelen «{OneLine(key)}». Den gjelder til den trekkes tilbake, også om brukeren slutter.",
        "Kjenner du ikke til den? Trekk den tilbake med en gang.");

    public static MailText PasswordChanged() =>
        MailText.Of("Passordet ditt i TMS er endret", null, "Passordet til brukeren din i TMS er endret.", NotYouDone);

    public static MailText EmailChanged(string email) => MailText.Of("E-postadressen din i TMS er endret", null,
        $"Brukeren din i TMS har fått en ny e-postadresse: {email}. Denne adressen brukes ikke lenger.", NotYouDone);

    // Others chose it: it may not begin another line, nor fill the mail.
    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= MaxCompany ? line : line[..MaxCompany] + "…";
    }
}
