using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Edge;

/// <summary>Everything that is wrong with a body is said in one answer: its form and the rules, and nothing that is not wrong.</summary>
[Collection(SqliteCollection.Name)]
public sealed class FaultsTests(SqliteApi api)
{
    private const string Nothing = "018f0000-0000-7000-8000-000000000000";
    private const string Weak = "aaaaaaaaaa";

    private static readonly (string Method, string Path, string Body, string[] Faults)[] Table =
    [
        (
            "POST", "/economy/customers",
            """{"name":7,"organisationNumber":"123456789","email":"nobody","phone":"call me","peppolId":"x","paymentTermsDays":-1}""",
            [
                "/email invalid_email", "/name invalid_type", "/organisationNumber invalid_organisation_number",
                "/paymentTermsDays out_of_range", "/peppolId invalid_peppol_id", "/phone invalid_phone"]),
        ("PUT", $"/economy/customers/{Nothing}", """{"email":"nobody","address":{"country":"XX","street":7}}""",
            ["/address/country unknown_country", "/address/street invalid_type", "/email invalid_email", "/name required"]),
        (
            "POST", "/economy/invoices",
            """{"colour":1,"customer":{"name":" ","email":"nobody"},"dueDate":"x","currency":"EUR","lines":["""
                + """{"description":"  ","unitPrice":"x","vatRate":24},"""
                + """{"description":"x","unitPrice":1,"vatRate":25,"vatCategory":"Z"}]}""",
            [
                "/colour unknown_field", "/currency unsupported_currency", "/customer/email invalid_email", "/customer/name required",
                "/dueDate invalid_format",
                "/lines/0/description required", "/lines/0/unitPrice invalid_type", "/lines/0/vatRate unknown_vat_rate",
                "/lines/1/vatCategory vat_category_mismatch"]),
        (
            "PUT", $"/economy/invoices/{Nothing}",
            """{"customer":{"name":"A"},"issueDate":"2199-01-01","prepaid":-1,"lines":["""
                + """{"description":"x","unitPrice":1,"vatRate":25,"vatCategory":"Z"}]}""",
            ["/issueDate date_in_future", "/lines/0/vatCategory vat_category_mismatch", "/prepaid out_of_range"]),

        // What depends on a wrong value is not said before that value is right.
        (
            "POST", "/economy/invoices",
            """{"customerId":"7","lines":[{"description":"x","unitPrice":1,"vatRate":"y","vatCategory":"Z"},"""
                + """{"description":"x","unitPrice":1,"vatRate":null}]}""",
            ["/customerId invalid_format", "/lines/0/vatRate invalid_type", "/lines/1/vatRate required"]),
        (
            "POST", "/economy/invoices", """{"customer":{"name":"A"},"issueDate":"2026-01-02","dueDate":"soon","lines":null}""", [
                "/dueDate invalid_format", "/lines required"]),
        (
            "POST", "/economy/invoices",
            $$"""{"customerId":"{{Nothing}}","customer":{"name":"A"},"note":7,"lines":[{"description":"x","unitPrice":1,"vatRate":25}]}""",
            ["/customer customer_ambiguous", "/note invalid_type"]),
        (
            "POST", $"/economy/invoices/{Nothing}/pay", """{"amount":"x","date":"2199-01-01"}""", [
                "/amount invalid_type", "/date date_in_future"]),
        (
            "POST", $"/economy/invoices/{Nothing}/cancel", """{"reason":"  ","colour":"\ud800"}""", [
                "/colour invalid_characters", "/colour unknown_field", "/reason required"]),
        (
            "POST", $"/economy/invoices/{Nothing}/payments/{Nothing}/reverse", """{"reason":"  ","colour":1}""", [
                "/colour unknown_field", "/reason required"]),
        ("POST", "/api-keys", """{"name":"  ","scopes":["nothing"]}""", ["/name required", "/scopes/0 invalid_value"]),
        ("POST", "/users/invitations", """{"email":"nobody","role":7}""", ["/email invalid_email", "/role invalid_type"]),
        ("POST", "/users/invitations", """{"email":7,"role":"ADMIN"}""", ["/email invalid_type", "/role role_not_allowed"]),
        (
            "PUT", "/users/profile", """{"firstName":"  ","lastName":7,"phone":"call me"}""", [
                "/firstName required", "/lastName invalid_type", "/phone invalid_phone"]),
        ("PUT", "/companies/{own}", """{"name":7,"organisationNumber":"123456789","bankAccount":"1","email":"nobody"}""",
            [
                "/bankAccount invalid_bank_account", "/email invalid_email", "/name invalid_type",
                "/organisationNumber invalid_organisation_number"]),
        (
            "POST", "/auth/password/change", $$"""{"currentPassword":7,"newPassword":"{{Weak}}"}""", [
                "/currentPassword invalid_type", "/newPassword weak_password"]),
        (
            "POST", "/auth/password/reset", $$"""{"token":7,"newPassword":"{{Weak}}"}""", [
                "/newPassword weak_password", "/token invalid_type"]),
        (
            "POST", "/auth/register",
            $$"""{"company":{"name":" ","organisationNumber":"1"},"firstName":"  ","lastName":7,"email":"nobody","password":"{{Weak}}"}""",
            [
                "/company/name required", "/company/organisationNumber invalid_organisation_number", "/email invalid_email",
                "/firstName required", "/lastName invalid_type", "/password weak_password"]),
        (
            "POST", "/auth/register", """{"firstName":"A","lastName":"B","password":7}""", [
                "/company required", "/email required", "/password invalid_type"]),
        (
            "POST", "/auth/register",
            $$"""{"company":"""
                + $$"""{"name":"A","organisationNumber":7},"invitationToken":"x","firstName":"A","lastName":"B","password":"{{Weak}}"}""",
            ["/company/organisationNumber invalid_type", "/password weak_password"]),
    ];

    private static readonly (string Method, string Path, string Body, string[] Faults)[] OldTable =
    [
        (
            "POST", "/economy/invoices",
            """{"ukjent":1,"kunde":{"navn":" ","email":"nobody"},"forfallsdato":"x","fakturaLinjer":["""
                + """{"beskrivelse":"  ","enhetspris":"x","mvaSats":24}]}""",
            [
                "fakturaLinjer[0].beskrivelse required", "fakturaLinjer[0].enhetspris invalid_type",
                "fakturaLinjer[0].mvaSats unknown_vat_rate",
                "forfallsdato invalid_format", "kunde.email invalid_email", "kunde.navn required", "ukjent unknown_field"]),
        (
            "POST", $"/economy/invoices/{Nothing}/pay", """{"belop":"x","dato":"2199-01-01"}""", [
                "belop invalid_type", "dato date_in_future"]),
        ("POST", $"/economy/invoices/{Nothing}/cancel", """{"grunn":"  ","reason":"x"}""", ["grunn required", "reason unknown_field"]),
        (
            "PUT", "/users/profile", """{"fornavn":"  ","etternavn":7,"telefon":"call me"}""", [
                "etternavn invalid_type", "fornavn required", "telefon invalid_phone"]),
        ("PUT", "/companies/{own}", """{"navn":7,"organisasjonsnummer":"123456789","email":"nobody"}""",
            ["email invalid_email", "navn invalid_type", "organisasjonsnummer invalid_organisation_number"]),
        ("POST", "/auth/register", $$"""{"email":"nobody","password":"{{Weak}}","fornavn":7,"etternavn":"  ","rolle":"ELEV"}""",
            ["email invalid_email", "etternavn required", "fornavn invalid_type", "password weak_password"]),
    ];

    [Fact]
    public async Task All_faults_of_a_body_come_in_one_answer()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var row in Table) Assert.Equal(Told(row, row.Faults), Told(row, Said(await Ask(company, "/api/v2", row), 422)));
        Assert.Equal(
            ["/bankAccount invalid_bank_account", "/name invalid_type"],
            Said(await api.Admin.PostText("/api/v2/companies", """{"name":7,"organisationNumber":"974760673","bankAccount":"1"}"""), 422));
    }

    [Fact]
    public async Task All_faults_of_a_body_of_the_old_system_come_in_its_words()
    {
        var company = await api.NewCompany();
        await using var trace = await Trace.Begin(api, company);
        foreach (var row in OldTable) Assert.Equal(Told(row, row.Faults), Told(row, Said(await Ask(company, "/api/v1", row), 400)));
    }

    private static Task<Answer> Ask(Company company, string version, (string Method, string Path, string Body, string[] Faults) row)
    {
        var path = version + row.Path.Replace("{own}", company.Id.ToString(), StringComparison.Ordinal);
        return row.Method == "PUT" ? company.Lead.PutText(path, row.Body, ("If-Match", "*")) : company.Lead.PostText(path, row.Body);
    }

    private static IEnumerable<string> Said(Answer answer, int status) => answer.Expect(status)["errors"].EnumerateArray()
        .Select(fault => $"{fault.GetProperty("field").GetString()} {fault.GetProperty("code").GetString()}").Order(StringComparer.Ordinal);

    private static string Told((string Method, string Path, string Body, string[] Faults) row, IEnumerable<string> faults) =>
        string.Join(Environment.NewLine, faults.Prepend($"{row.Method} {row.Path} {row.Body}"));
}
