using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Tms.Domain.ApiKeys;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invitations;
using Tms.Domain.Invoices;
using Tms.Domain.Sessions;
using Tms.Domain.Tests.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Users;
using Xunit;

namespace Tms.Domain.Tests.Views;

/// <summary>What crosses between silos comes out as it went in.</summary>
public sealed class OrleansSerializationTests
{
    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static readonly TheoryData<object> Commands =
    [
        Some.Send(), Some.Pay(1.10m), new ReversePayment(Some.PaymentId(), "x"), new CancelInvoice("x"), new MarkOverdue(Some.Today),
        new CreateCustomer(Some.CustomerInput()), new UpdateCustomer(Some.CustomerInput()), new ArchiveCustomer(),
        new CreateCompany(Some.CompanyInput()),
        new UpdateCompany(Some.CompanyInput() with { KidMethod = KidMethod.Mod11, VatRegistered = false }),
        new SetActive(false, new(Some.CustomerId, Role.Admin)), new ChangeRole(Role.Elev, new(Some.CustomerId, Role.Admin)),
        new RevokeApiKey(), new WithdrawInvitation(),
        new InviteUser(Some.CustomerId, "a@b.no", Role.Bruker, new(Some.CustomerId, Role.Hovedbruker)),
        new UpdateProfile("A", "B", "22334455", Some.Address()), new EndSession(Some.CustomerId, SessionEnd.TokenReused),
    ];

    [Theory]
    [MemberData(nameof(Commands), DisableDiscoveryEnumeration = true)]
    public void A_command_crosses_whole(object command) =>
        Assert.Equal(command, Serializer.Deserialize<object>(Serializer.SerializeToArray(command)));

    /// <summary>What silos say to each other, whatever it is: no member is left behind.</summary>
    public static TheoryData<Type> Serialized =>
    [
        .. ((Type[])[typeof(InvoiceCommand), typeof(InvoiceView)]).SelectMany(t => t.Assembly.GetTypes())
            .Where(
                t => t.IsDefined(typeof(GenerateSerializerAttribute), false) && t is { IsAbstract: false, IsEnum: false }
                    && !t.IsAssignableTo(typeof(Exception)))
            .Select(t => t.ContainsGenericParameters ? t.MakeGenericType([.. t.GetGenericArguments().Select(_ => typeof(string))]) : t),
    ];

    [Theory]
    [MemberData(nameof(Serialized), DisableDiscoveryEnumeration = true)]
    public void Every_member_of_what_is_serialized_crosses(Type type)
    {
        foreach (var odd in (bool[])[false, true])
        {
            var value = new Filled(odd).Of(type);
            Assert.Equal(Filled.Text(value), Filled.Text(Serializer.Deserialize<object>(Serializer.SerializeToArray(value))));
        }
    }

    [Fact]
    public void An_invoice_crosses_whole_with_its_lines()
    {
        var input = Some.Input(Some.Line(1.2345m, -2), Some.Line(vatRate: 0, category: VatCategory.AE)) with
        {
            CustomerId = Some.CustomerId,
            DueDate = Some.Today,
            Charges = [new InvoiceAdjustment("x", 1, 25)],
        };
        var crossed = Assert.IsType<CreateInvoice>(Cross<InvoiceCommand>(new CreateInvoice(input, Some.KnownCustomer(), false)));
        Assert.True(crossed.Input.SaysTheSameAs(input));
        Assert.Equal((Some.KnownCustomer(), false), (crossed.Customer, crossed.SellerVatRegistered));
    }

    [Fact]
    public void Modules_and_passwords_cross_whole()
    {
        Assert.Equal(
            [Module.Hr, Module.Quiz], Assert.IsType<SetModules>(Cross<CompanyCommand>(new SetModules([Module.Hr, Module.Quiz]))).Modules);
        Assert.Equal(Some.PasswordHash, Assert.IsType<RegisterUser>(Cross<UserCommand>(Some.RegisterUser())).PasswordHash);
        var key = Assert.IsType<CreateApiKey>(
            Cross<ApiKeyCommand>(new CreateApiKey(
                Some.CustomerId, "x", [Permission.EconomyRead, Permission.Audit], Some.PasswordHash, new(Some.CustomerId, Role.Admin))));
        Assert.Equal(Some.PasswordHash, key.Hash);
        Assert.Equal(("x", Permission.Audit), (key.Name, key.Scopes[1]));
        Assert.Equal(Some.PasswordHash, Assert.IsType<RegisterCompany>(Cross<CompanyCommand>(Some.Register())).PasswordHash);
    }

    [Fact]
    public void Views_cross_whole()
    {
        var invoice = InvoiceView.Of(Some.Sent(Some.Line(), Some.Line(vatRate: 12)).Given(Some.Pay(1)).State);
        Assert.Equal(Json(invoice), Json(Cross(invoice)));
        var customer = CustomerView.Of(Some.Customer().Given(new CreateCustomer(Some.CustomerInput())).State);
        Assert.Equal(customer, Cross(customer));
        var user = UserView.Of(Some.User().Given(Some.RegisterUser()).State);
        Assert.Equal(user, Cross(user));
        var company = CompanyView.Of(Some.Company().Given(Some.Register()).State);
        Assert.Equal(company with { Modules = [] }, Cross(company) with { Modules = [] });
        Assert.Equal(company.Modules.AsEnumerable(), Cross(company).Modules);
    }

    private static string Json(InvoiceView view) => JsonSerializer.Serialize(view, JsonSerializerOptions.Web);

    private static T Cross<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value))!;
}
