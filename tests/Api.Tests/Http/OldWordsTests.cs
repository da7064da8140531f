using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Auth;
using Tms.Api.Companies;
using Tms.Api.Http;
using Tms.Api.Invoices;
using Tms.Api.Users;

namespace Tms.Api.Tests.Http;

/// <summary>Words of the old system are said on the members of each request record.</summary>
public sealed class OldWordsTests
{
    private static readonly JsonSerializerOptions Wire =
        new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    // What stands in v2 where a record of v1 stands.
    private static readonly Dictionary<Type, Type> Successors = new()
    {
        [typeof(FakturaRequest)] = typeof(InvoiceRequest),
        [typeof(KundeRequest)] = typeof(InvoiceCustomerRequest),
        [typeof(FakturaLinje)] = typeof(InvoiceLineRequest),
        [typeof(BetalingRequest)] = typeof(PaymentRequest),
        [typeof(GrunnRequest)] = typeof(ReasonRequest),
        [typeof(BedriftRequest)] = typeof(CompanyRequest),
        [typeof(ProfilRequest)] = typeof(ProfileRequest),
    };

    [Fact]
    public void Every_member_of_every_request_record_of_v1_has_its_name_in_v2()
    {
        var records = Bodies(1).Except(Bodies(2)).ToArray();
        Assert.True(records.Length >= 8, string.Join(' ', records.Select(record => record.Name)));
        Assert.Empty(records.SelectMany(Members).Where(member => member.GetCustomAttribute<OldNameAttribute>() is null)
            .Select(member => $"{member.DeclaringType!.Name}.{member.Name}"));
    }

    [Fact]
    public void Every_name_in_v2_is_one_that_v2_has()
    {
        var records = Bodies(1).Except(Bodies(2)).Except([typeof(OldRegisterRequest)]);
        Assert.Equal(records.Select(record => record.Name).Order(), Successors.Keys.Select(record => record.Name).Order());
        foreach (var (old, successor) in Successors)
        {
            foreach (var name in Members(old).Select(member => member.GetCustomAttribute<OldNameAttribute>()!.Name))
                Assert.True(Has(successor, name), $"{successor.Name} has no {name}.");
        }
    }

    [Theory]
    [InlineData(typeof(FakturaRequest), "/lines/3/quantity", "/fakturaLinjer/3/antall")]
    [InlineData(typeof(FakturaRequest), "/customer/organisationNumber", "/kunde/organisasjonsnummer")]
    [InlineData(typeof(FakturaRequest), "/lines", "/fakturaLinjer")]
    [InlineData(typeof(FakturaRequest), "/lines/3/vatCategory", "/fakturaLinjer/3/vatCategory")]
    [InlineData(typeof(ProfilRequest), "/address/city", "/poststed")]
    [InlineData(typeof(ProfilRequest), "/address/country", "/address/country")]
    [InlineData(typeof(Exam), "/points", "/poeng")]
    [InlineData(typeof(Check), "/points/0/points", "/sjekkpunkter/0/poeng")]
    [InlineData(typeof(ReasonRequest), "/reason", "/reason")]
    [InlineData(typeof(Exam), "", "")]
    public void Each_record_has_words_of_its_own(Type record, string pointer, string old) =>
        Assert.Equal(old, OldWords.Of(record, Wire.GetTypeInfo).Translate(pointer));

    private static Type[] Bodies(int major) =>
    [
        .. typeof(OldNameAttribute).Assembly.GetTypes()
            .Where(
                type => type.GetCustomAttributes<ApiVersionAttribute>().Any(version => version.Versions.Any(v => v.MajorVersion == major)))
            .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(FromBodyAttribute)))
            .SelectMany(parameter => Records(parameter.ParameterType)).Distinct(),
    ];

    private static IEnumerable<Type> Records(Type type) =>
        type.Assembly == typeof(OldNameAttribute).Assembly
            ? Members(type).SelectMany(member => Records(ItemOf(member.PropertyType))).Prepend(type)
            : [];

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is { IsPublic: true });

    private static Type ItemOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;

    private static bool Has(Type type, string path) => path.Split('/') is [var name, .. var rest]
        && type.GetProperties().FirstOrDefault(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name) is { } member
        && (rest.Length == 0 || Has(ItemOf(member.PropertyType), string.Join('/', rest)));

    internal sealed record Exam
    {
        [OldName("points")]
        public int Poeng { get; init; }
    }

    internal sealed record Check
    {
        [OldName("points")]
        public IReadOnlyList<Exam>? Sjekkpunkter { get; init; }
    }
}
