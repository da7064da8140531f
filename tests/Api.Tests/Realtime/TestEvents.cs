using System.Text.Json.Serialization;
using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

internal sealed record InvoiceSent(int Number, string Secret);

internal sealed record CompanyUpdated(int Number, string Text);

internal sealed record QuizCompleted(int Number);

internal sealed record UserLogin(int Number);

internal sealed record SessionEnded(int Number);

internal sealed record Shown(int Number, string? Text = null);

internal static class TestEvents
{
    public static readonly EventCatalog Catalog = new(
    [
        EventType.Of("INVOICE_SENT", 1, TestEventsJson.Default.InvoiceSent)
            .VisibleTo(Permission.EconomyRead, static e => new Shown(e.Number), TestEventsJson.Default.Shown),
        EventType.Of("COMPANY_UPDATED", 1, TestEventsJson.Default.CompanyUpdated)
            .VisibleTo(Permission.CompanyRead, static e => new Shown(e.Number, e.Text), TestEventsJson.Default.Shown),
        EventType.Of("QUIZ_COMPLETED", 1, TestEventsJson.Default.QuizCompleted)
            .VisibleTo(Permission.CompanyRead, static e => new Shown(e.Number), TestEventsJson.Default.Shown),
        EventType.Of("USER_LOGIN", 1, TestEventsJson.Default.UserLogin)
            .VisibleTo(Audience.Person(Permission.OwnProfile), static e => new Shown(e.Number), TestEventsJson.Default.Shown),
        EventType.Of("SESSION_ENDED", 1, TestEventsJson.Default.SessionEnded),
    ]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InvoiceSent))]
[JsonSerializable(typeof(CompanyUpdated))]
[JsonSerializable(typeof(QuizCompleted))]
[JsonSerializable(typeof(UserLogin))]
[JsonSerializable(typeof(SessionEnded))]
[JsonSerializable(typeof(Shown))]
internal sealed partial class TestEventsJson : JsonSerializerContext;
