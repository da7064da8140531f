using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;

namespace Tms.Grains.Tests.Persons;

/// <summary>A certificate with a number: of a holder and witnesses, each with an id of its own.</summary>
public interface ICertificateGrain : IAggregateGrain<CertificateCommand, CertificateView>;

[GenerateSerializer, Immutable]
public abstract record CertificateCommand;

[GenerateSerializer, Immutable]
public sealed record IssueCertificate([property: Id(0)] PersonSaid Holder, [property: Id(1)] PersonSaid[] Witnesses) : CertificateCommand;

[GenerateSerializer, Immutable]
public sealed record CorrectCertificate([property: Id(0)] PersonSaid Holder) : CertificateCommand;

[GenerateSerializer, Immutable]
public sealed record PersonSaid([property: Id(0)] Guid Id, [property: Id(1)] string Name);

[GenerateSerializer, Immutable]
public sealed record CertificateView(
    [property: Id(0)] int Version, [property: Id(1)] long Number, [property: Id(2)] string Holder, [property: Id(3)] string[] Witnesses);

public abstract record CertificateEvent;

public sealed record CertificateIssued(long Number, string Course, Named Holder, IReadOnlyList<Named> Witnesses) : CertificateEvent;

public sealed record CertificateCorrected(Named Holder) : CertificateEvent;

/// <summary>A person with what is said of it; the contact belongs to the same.</summary>
public sealed record Named([property: About] Guid Id, [property: PersonalData] string Name, Contact? Contact = null);

public sealed record Contact([property: PersonalData] string? Email, string Kind);

public sealed record Certificate(int Version = 0, long Number = 0, string Holder = "", IReadOnlyList<string>? Witnesses = null);

[GrainType("certificate")]
internal sealed class CertificateGrain(AggregateServices services)
    : DeciderGrain<Certificate, CertificateCommand, CertificateEvent, CertificateView>(CertificateDecider.Instance, services),
        ICertificateGrain
{
    protected override CertificateView View(Certificate state) =>
        new(state.Version, state.Number, state.Holder, [.. state.Witnesses ?? []]);
}

internal sealed class CertificateDecider : IDecider<Certificate, CertificateCommand, CertificateEvent>
{
    public static readonly CertificateDecider Instance = new();

    public static IReadOnlyList<EventType> Types { get; } =
    [
        EventType.Of("X_CERTIFICATE_ISSUED", 1, CertificateJson.Default.CertificateIssued),
        EventType.Of("X_CERTIFICATE_CORRECTED", 1, CertificateJson.Default.CertificateCorrected),
    ];

    public string StreamType => "certificates";

    public Certificate Initial { get; } = new();

    public int SnapshotSchema => 1;

    public JsonTypeInfo<Certificate> SnapshotJson => CertificateJson.Default.Certificate;

    public Decision<CertificateEvent> Decide(Certificate state, CertificateCommand command, DateTimeOffset now) => command switch
    {
        IssueCertificate issue => Decision.Draw<CertificateEvent>("certificates", number =>
            [new CertificateIssued(number, "Brannvern", Of(issue.Holder), [.. issue.Witnesses.Select(Of)])]),
        CorrectCertificate correct => Decision.Of<CertificateEvent>(new CertificateCorrected(Of(correct.Holder))),
        _ => throw new NotSupportedException(),
    };

    public Certificate Evolve(Certificate state, CertificateEvent e, EventFacts facts) => e switch
    {
        CertificateIssued issued => new(facts.Version, issued.Number, issued.Holder.Name, [.. issued.Witnesses.Select(w => w.Name)]),
        CertificateCorrected corrected => state with { Version = facts.Version, Holder = corrected.Holder.Name },
        _ => throw new NotSupportedException(),
    };

    private static Named Of(PersonSaid person) => new(person.Id, person.Name, new($"{person.Name}@example.no", "work"));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CertificateIssued))]
[JsonSerializable(typeof(CertificateCorrected))]
[JsonSerializable(typeof(Certificate))]
internal sealed partial class CertificateJson : JsonSerializerContext;
