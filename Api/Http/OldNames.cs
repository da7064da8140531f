using System.Collections.Frozen;

namespace Tms.Api.Http;

/// <summary>Names of fields in the words of the old system (contract, section 9): what the rules say in the words of v2 is told so.</summary>
internal static class OldNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["customerId"] = "kundeId",
        ["customer"] = "kunde",
        ["company"] = "bedrift",
        ["companyId"] = "bedriftId",
        ["name"] = "navn",
        ["organisationNumber"] = "organisasjonsnummer",
        ["firstName"] = "fornavn",
        ["lastName"] = "etternavn",
        ["role"] = "rolle",
        ["phone"] = "telefon",
        ["address"] = "adresse",
        ["postalCode"] = "postnummer",
        ["city"] = "poststed",
        ["title"] = "tittel",
        ["category"] = "kategori",
        ["date"] = "dato",
        ["amount"] = "belop",
        ["supplier"] = "leverandor",
        ["from"] = "fra",
        ["to"] = "til",
        ["reason"] = "grunn",
        ["comment"] = "kommentar",
        ["reference"] = "referanse",
        ["note"] = "notat",
        ["issueDate"] = "fakturadato",
        ["dueDate"] = "forfallsdato",
        ["lines"] = "fakturaLinjer",
        ["description"] = "beskrivelse",
        ["quantity"] = "antall",
        ["unitPrice"] = "enhetspris",
        ["vatRate"] = "mvaSats",
        ["discountPercent"] = "rabattProsent",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The pointer of a fault as v1 writes it, <c>fakturaLinjer[0].antall</c>; what the client itself wrote stays as it wrote it.</summary>
    public static string Field(in Fault fault) => fault.Code == FaultCodes.UnknownField
        ? Pointer.ToDotted(fault.Field)
        : Pointer.ToDotted(string.Join('/', fault.Field.Split('/').Select(static segment => Names.GetValueOrDefault(segment, segment))));
}
