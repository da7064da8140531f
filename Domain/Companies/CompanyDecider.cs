using System.Collections.Immutable;
using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Companies;

/// <summary>The rules of companies.</summary>
public sealed class CompanyDecider() : Decider<Company, CompanyCommand, CompanyEvent>("companies", "company", CompanyJson.Default.Company)
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly CompanyDecider Instance = new();

    private static readonly ImmutableArray<Module> AllModules = [.. Enum.GetValues<Module>()];

    /// <inheritdoc />
    protected override Decision<CompanyEvent> On(Company state, CompanyCommand command, DateTimeOffset now) => command switch
    {
        RegisterCompany register => Register(register),
        CreateCompany create => Create(create.Input),
        UpdateCompany update => Update(state, update.Input),
        SetModules set => SetModules(state, set.Modules),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override Company Apply(Company state, CompanyEvent e, EventFacts facts) => e switch
    {
        CompanyCreated created => state with { Input = created.Input, Modules = created.Modules },
        CompanyUpdated updated => state with { Input = updated.Input },
        ServiceActivated activated => state.Activating(activated.Module),
        ServiceDeactivated deactivated => state.Deactivating(deactivated.Module),
        _ => throw Decider.Unknown(e),
    };

    /// <inheritdoc />
    protected override Decision<CompanyEvent> Again(Company state, CompanyCommand command, DateTimeOffset now) =>
        command switch { RegisterCompany register => register.Input, CreateCompany create => create.Input, _ => null } == state.Input
            ? Decision.Nothing<CompanyEvent>()
            : AlreadyExists();

    private static Decision<CompanyEvent> Register(RegisterCompany command)
    {
        if (CompanyRules.Check(command.Input, command.Person) is [var fault, ..]) return Decision.Refuse<CompanyEvent>(fault);
        var user = Registration.Of(command.UserId, command.CompanyId, Role.Hovedbruker, command.Person, command.PasswordHash);
        return new Decision<CompanyEvent>.Accepted([new CompanyCreated(command.Input, AllModules)])
        {
            Related = [new RelatedEvents(UserDecider.Instance.StreamType, command.UserId, [user.Event])],
            Unique = [user.Unique],
            Secrets = [user.Secret],
        };
    }

    private static Decision<CompanyEvent> Create(CompanyInput input) => CompanyRules.Check(input) is [var fault, ..]
        ? Decision.Refuse<CompanyEvent>(fault)
        : Decision.Of<CompanyEvent>(new CompanyCreated(input, []));

    private static Decision<CompanyEvent> Update(Company state, CompanyInput input)
    {
        if (CompanyRules.Check(input) is [var fault, ..]) return Decision.Refuse<CompanyEvent>(fault);
        if (input.OrganisationNumber != state.Input.OrganisationNumber) return Decision.Refuse<CompanyEvent>(AnotherCompany);
        return state.Input == input ? Decision.Nothing<CompanyEvent>() : Decision.Of<CompanyEvent>(new CompanyUpdated(input));
    }

    private static Refusal AnotherCompany { get; } = Refusal.Invalid(
        "/organisationNumber", CompanyCodes.OrganisationNumberFixed, "Another organisation number is another company: register that one.");

    private static Decision<CompanyEvent> SetModules(Company state, ImmutableArray<Module> wanted)
    {
        var modules = wanted.IsDefault ? [] : wanted;
        if (modules.Any(static m => !Enum.IsDefined(m)))
            return Decision.Refuse<CompanyEvent>(Refusal.Invalid("/modules", CompanyCodes.UnknownModule, "There is no such module."));
        var on = AllModules.Where(m => modules.Contains(m) && !state.Modules.Contains(m))
            .Select(static m => (CompanyEvent)new ServiceActivated(m));
        var off = AllModules.Where(m => !modules.Contains(m) && state.Modules.Contains(m))
            .Select(static m => (CompanyEvent)new ServiceDeactivated(m));
        CompanyEvent[] changes = [.. on, .. off];
        return new Decision<CompanyEvent>.Accepted(changes) { Notices = changes.Length == 0 ? [] : [new CompanyAccessChanged(state.Id)] };
    }
}
