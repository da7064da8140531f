using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Orleans.TestingHost;
using Tms.Domain.ApiKeys;
using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Keys;
using Tms.Grains.Abstractions.ApiKeys;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Mail;
using Tms.Grains.Tests.Support;
using Tms.Testing.Network;
using Xunit;

namespace Tms.Grains.Tests.Mail;

/// <summary>Mails from the event to the server: a real store, a real reactor, a real socket.</summary>
public sealed class MailTests
{
    private const string Reactor = "mail";
    private readonly TenantId _company = World.Company();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_refuses_at_first_gets_the_mail_later_under_the_same_id()
    {
        using var server = new FakeSmtp { Refusals = 2 };
        await using var world = At(server.Port, o => (o.FirstBackOff, o.Attempts) = (TimeSpan.FromMilliseconds(10), 5));
        var cluster = await world.Start();
        var invitation = await Invite(cluster, "kari@tms.example");

        await Eventually.Holds(() => Task.FromResult(!server.Mails.IsEmpty), "the server has the mail");

        var (from, to, data) = Assert.Single(server.Mails);
        Assert.Equal(
            ("MAIL FROM:<tms@firma.example>", "RCPT TO:<kari@tms.example>"), (from.Split(" SIZE")[0].Split(" BODY")[0], Assert.Single(to)));
        var mail = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(data)), Cancel);
        var e = Assert.Single(await cluster.Reader().ReadCompany(_company, CompanySequence.Start, 10, Cancel));
        Assert.Equal($"{e.Id:N}@tms.firma.example", mail.MessageId);
        var tokens = cluster.Part<MailTokens>();
        var token = await tokens.Make(new MailToken(MailPurpose.Invitation, _company, invitation, 1), Cancel);
        Assert.Contains($"https://tms.firma.example/join#token={token}", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(
            new MailToken(MailPurpose.Invitation, _company, invitation, 1), await tokens.Open(MailPurpose.Invitation, token, Cancel));
        Assert.Null(await tokens.Open(MailPurpose.PasswordReset, token, Cancel));
        Assert.Null(await tokens.Open(MailPurpose.Invitation, token[..^6] + "AAAAAA", Cancel));
        Assert.Empty(await Letters(cluster));
    }

    [Fact]
    public async Task A_server_that_is_away_leaves_a_dead_letter_without_a_name_in_it_that_an_operator_has_retried()
    {
        var port = FreePort();
        await using var world = At(port, o => (o.FirstBackOff, o.Attempts) = (TimeSpan.FromMilliseconds(10), 2));
        var cluster = await world.Start();
        await Invite(cluster, "kari@tms.example");
        await Eventually.Holds(async () => (await Letters(cluster)).Count == 1, "the mail is a dead letter");
        var letter = Assert.Single(await Letters(cluster));
        Assert.Equal("MailFailedException: The mail server cannot be reached.", letter.Error);

        using var server = new FakeSmtp(port);
        await cluster.Part<IReactorCursors>().RetryDeadLetter(letter.Key, Cancel);
        await World.Reactor(cluster, _company, Reactor).Ring(0);

        await Eventually.Holds(async () => (await Letters(cluster)).Count == 0, "the letter is gone");
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task What_a_server_says_of_a_person_is_in_no_dead_letter()
    {
        using var server = new FakeSmtp { Refusals = 100 };
        await using var world = At(server.Port, o => (o.FirstBackOff, o.Attempts) = (TimeSpan.FromMilliseconds(10), 2));
        var cluster = await world.Start();
        await Invite(cluster, "kari@tms.example");
        await Eventually.Holds(async () => (await Letters(cluster)).Count == 1, "the mail is a dead letter");
        Assert.Equal("MailFailedException: The mail server answered 451.", Assert.Single(await Letters(cluster)).Error);
    }

    [Fact]
    public async Task One_mailbox_that_is_gone_keeps_no_other_leader_from_hearing_of_a_key()
    {
        using var server = new FakeSmtp { Refusals = 1 };
        await using var world = At(server.Port, o => (o.FirstBackOff, o.Attempts) = (TimeSpan.FromMilliseconds(10), 5));
        var cluster = await world.Start();
        foreach (var email in (string[])["gone@tms.example", "kari@tms.example"]) await Register(cluster, email);

        CallerTenant.Set(_company.Value);
        var (key, maker) = (Guid.CreateVersion7(), new Actor(Guid.CreateVersion7(), Role.Hovedbruker));
        var command = new CreateApiKey(key, "Regnskap", [Permission.EconomyRead], [1], maker);
        var made = await cluster.Client.GetGrain<IApiKeyGrain>(GrainKey.For(_company.Value, key))
            .Execute(command, new CommandContext(Guid.CreateVersion7(), "test", "test"));
        Assert.Equal(OutcomeKind.Done, made.Kind);
        await Invite(cluster, "ola@tms.example");

        await Eventually.Holds(() => Task.FromResult(server.Mails.Count == 2), "the other leader and the invited one have their mails");
        Assert.Equal(["RCPT TO:<kari@tms.example>", "RCPT TO:<ola@tms.example>"], server.Mails.SelectMany(mail => mail.To));
        Assert.Empty(await Letters(cluster));
    }

    private static StoreWorld At(int port, Action<Grains.Reactors.ReactorOptions> patience)
    {
        var world = StoreWorld.OnSqlite();
        world.Patience = patience;
        world.More = silo =>
            silo.Services.AddMail(Settings(
                ("Tms:Smtp:Host", "127.0.0.1"), ("Tms:Smtp:Port", $"{port}"), ("Tms:Smtp:Security", "none"),
                ("Tms:Smtp:From", "TMS <tms@firma.example>"), ("Tms:PublicUrl", "https://tms.firma.example/")));
        return world;
    }

    private static MailSettings Settings(params (string Key, string Value)[] values) =>
        MailSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => new KeyValuePair<string, string?>(v.Key, v.Value)))
                .Build());

    private async Task<Guid> Invite(InProcessTestCluster cluster, string email)
    {
        var id = Guid.CreateVersion7();
        CallerTenant.Set(_company.Value);
        var outcome = await cluster.Client.GetGrain<IInvitationGrain>(GrainKey.For(_company.Value, id))
            .Execute(
                new InviteUser(_company.Value, email, Role.Bruker, new Actor(Guid.CreateVersion7(), Role.Hovedbruker)),
                new CommandContext(Guid.CreateVersion7(), "test", "test"));
        Assert.Equal(OutcomeKind.Done, outcome.Kind);
        return id;
    }

    private async Task Register(InProcessTestCluster cluster, string email)
    {
        var id = Guid.CreateVersion7();
        CallerTenant.Set(_company.Value);
        var outcome = await cluster.Client.GetGrain<IUserGrain>(GrainKey.For(_company.Value, id))
            .Execute(
                new RegisterUser(id, _company.Value, Role.Hovedbruker, new(email, "A", "B"), [1]),
                new CommandContext(Guid.CreateVersion7(), "test", "test"));
        Assert.Equal(OutcomeKind.Done, outcome.Kind);
    }

    private static Task<IReadOnlyList<DeadLetter>> Letters(InProcessTestCluster cluster) =>
        cluster.Part<IReactorCursors>().DeadLetters(null, null, 10, Cancel);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
