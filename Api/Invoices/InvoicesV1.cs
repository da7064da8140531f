using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Invoices;
using Tms.ReadModels.Invoices;

namespace Tms.Api.Invoices;

/// <summary>An invoice as v1 writes and reads it. A translation only: the rules are those of v2.</summary>
[ReadOnlyInput(typeof(Faktura))]
public sealed record FakturaRequest : IRuled
{
    /// <summary>customerId.</summary>
    [OldName("customerId")]
    public Guid? KundeId { get; init; }

    /// <summary>customer.</summary>
    [OldName("customer")]
    public KundeRequest? Kunde { get; init; }

    /// <summary>lines.</summary>
    [MinLength(1), MaxLength(InvoiceLimits.Lines)]
    [OldName("lines")]
    public required IReadOnlyList<FakturaLinje> FakturaLinjer { get; init; }

    /// <summary>issueDate.</summary>
    [OldName("issueDate")]
    public DateOnly? Fakturadato { get; init; }

    /// <summary>dueDate.</summary>
    [OldName("dueDate")]
    public DateOnly? Forfallsdato { get; init; }

    /// <summary>reference.</summary>
    [StringLength(InvoiceLimits.Reference)]
    [OldName("reference")]
    public string? Referanse { get; init; }

    /// <summary>note.</summary>
    [StringLength(InvoiceLimits.Note), MultiLine]
    [OldName("note")]
    public string? Notat { get; init; }

    internal InvoiceInput ToInput() => new()
    {
        CustomerId = KundeId,
        Customer = Kunde?.ToSnapshot(KundeId),
        IssueDate = Fakturadato,
        DueDate = Forfallsdato,
        Reference = Referanse,
        Note = Notat,
        Lines = [.. FakturaLinjer.Select(l => l.ToLine())],
    };

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => KundeId is null || Kunde is null || facts.Replaces
        ? InvoiceRules.Check(ToInput(), Oslo.DateOf(facts.Now))
        : InvoiceRules.Check(ToInput(), Oslo.DateOf(facts.Now)).Prepend(InvoiceRequest.TwoCustomers);
}

/// <summary>A customer written on one invoice only, as v1 writes it.</summary>
[ReadOnlyInput(typeof(KundeKort))]
public sealed record KundeRequest
{
    /// <summary>name.</summary>
    [StringLength(200, MinimumLength = 1)]
    [OldName("name")]
    public required string Navn { get; init; }

    /// <summary>organisationNumber.</summary>
    [OldName("organisationNumber")]
    public string? Organisasjonsnummer { get; init; }

    /// <summary>email.</summary>
    [OldName("email")]
    public string? Email { get; init; }

    internal CustomerSnapshot ToSnapshot(Guid? id) =>
        new() { Id = id, Name = Navn, OrganisationNumber = Organisasjonsnummer, Email = Email };
}

/// <summary>A line as v1 writes it.</summary>
public sealed record FakturaLinje
{
    /// <summary>description.</summary>
    [StringLength(InvoiceLimits.Description, MinimumLength = 1)]
    [OldName("description")]
    public required string Beskrivelse { get; init; }

    /// <summary>quantity.</summary>
    [Decimals(4), Range(typeof(decimal), "-999999999.9999", "999999999.9999")]
    [OldName("quantity")]
    public decimal Antall { get; init; } = 1;

    /// <summary>unitPrice.</summary>
    [Decimals(4), Range(typeof(decimal), "0", "9999999999.99")]
    [OldName("unitPrice")]
    public required decimal Enhetspris { get; init; }

    /// <summary>vatRate. The old system knew no categories: its 0 is zero-rated (Z).</summary>
    [OldName("vatRate")]
    public required decimal MvaSats { get; init; }

    /// <summary>discountPercent.</summary>
    [Range(typeof(decimal), "0", "100")]
    [OldName("discountPercent")]
    public decimal RabattProsent { get; init; }

    internal InvoiceLine ToLine() => new()
    {
        Description = Beskrivelse,
        Quantity = Antall,
        UnitPrice = Enhetspris,
        VatRate = MvaSats,
        DiscountPercent = RabattProsent,
        VatCategory = MvaSats == 0 ? VatCategory.Z : null,
    };

    internal static FakturaLinje Of(InvoiceLine line) => new()
    {
        Beskrivelse = line.Description,
        Antall = line.Quantity,
        Enhetspris = line.UnitPrice,
        MvaSats = line.VatRate,
        RabattProsent = line.DiscountPercent,
    };
}

/// <summary>A payment as v1 writes it.</summary>
public sealed record BetalingRequest : IRuled
{
    /// <summary>amount.</summary>
    [Range(typeof(decimal), "0.01", "9999999999.99")]
    [OldName("amount")]
    public decimal? Belop { get; init; }

    /// <summary>date.</summary>
    [OldName("date")]
    public DateOnly? Dato { get; init; }

    /// <summary>reference.</summary>
    [StringLength(InvoiceLimits.Reference)]
    [OldName("reference")]
    public string? Referanse { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => InvoiceRules.Check(new PayInvoice(Guid.Empty, Belop, Dato, Referanse), facts.Now);
}

/// <summary>A reason as v1 writes it.</summary>
public sealed record GrunnRequest : IRuled
{
    /// <summary>reason.</summary>
    [StringLength(InvoiceLimits.Reason, MinimumLength = 1), MultiLine]
    [OldName("reason")]
    public required string Grunn { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => InvoiceRules.Check(new CancelInvoice(Grunn), facts.Now);
}

/// <summary>A customer in short, as v1 reads it.</summary>
/// <param name="Id">Null for one that is written on the invoice only.</param>
/// <param name="Navn">name.</param>
/// <param name="Organisasjonsnummer">organisationNumber; not in lists.</param>
/// <param name="Email">email; not in lists.</param>
public sealed record KundeKort(
    Guid? Id,
    string Navn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Organisasjonsnummer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email = null);

/// <summary>An invoice as v1 reads it; in lists without lines and note.</summary>
public sealed record Faktura
{
    /// <summary>id.</summary>
    public required Guid Id { get; init; }

    /// <summary>number.</summary>
    public long? Fakturanummer { get; init; }

    /// <summary>kid.</summary>
    public string? Kid { get; init; }

    /// <summary>status, in the words of v2.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>customerId.</summary>
    public Guid? KundeId { get; init; }

    /// <summary>customer.</summary>
    public required KundeKort Kunde { get; init; }

    /// <summary>lines; null in lists.</summary>
    public IReadOnlyList<FakturaLinje>? FakturaLinjer { get; init; }

    /// <summary>issueDate.</summary>
    public DateOnly? Fakturadato { get; init; }

    /// <summary>dueDate.</summary>
    public DateOnly? Forfallsdato { get; init; }

    /// <summary>reference.</summary>
    public string? Referanse { get; init; }

    /// <summary>note.</summary>
    public string? Notat { get; init; }

    /// <summary>totals.net.</summary>
    public required decimal Netto { get; init; }

    /// <summary>totals.vatAmount.</summary>
    public required decimal Mva { get; init; }

    /// <summary>totals.gross.</summary>
    public required decimal Brutto { get; init; }

    /// <summary>totals.paid.</summary>
    public required decimal Betalt { get; init; }

    /// <summary>totals.outstanding.</summary>
    public required decimal Utestaende { get; init; }

    /// <summary>createdAt.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>updatedAt.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static Faktura Of(InvoiceView view) => new()
    {
        Id = view.Id,
        Fakturanummer = view.Number,
        Kid = view.Kid,
        Status = view.Status,
        KundeId = view.CustomerId,
        Kunde = new KundeKort(view.Customer.Id, view.Customer.Name, view.Customer.OrganisationNumber, view.Customer.Email),
        FakturaLinjer = [.. view.Lines.Select(FakturaLinje.Of)],
        Fakturadato = view.IssueDate,
        Forfallsdato = view.DueDate,
        Referanse = view.Reference,
        Notat = view.Note,
        Netto = view.Totals.Net,
        Mva = view.Totals.VatAmount,
        Brutto = view.Totals.Gross,
        Betalt = view.Totals.Paid,
        Utestaende = view.Totals.Outstanding,
        CreatedAt = view.CreatedAt,
        UpdatedAt = view.UpdatedAt,
    };

    internal static Faktura Of(InvoiceRow row) => new()
    {
        Id = row.Id,
        Fakturanummer = row.Number,
        Kid = row.Kid,
        Status = row.Status,
        KundeId = row.CustomerId,
        Kunde = new KundeKort(row.CustomerId, row.CustomerName),
        Fakturadato = row.IssueDate,
        Forfallsdato = row.DueDate,
        Referanse = row.Reference,
        Netto = row.Net,
        Mva = row.VatAmount,
        Brutto = row.Gross,
        Betalt = row.Paid,
        Utestaende = row.Outstanding,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };
}
