using System.Collections.Immutable;
using Orleans;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Companies;

/// <summary>What can be asked of a company.</summary>
[GenerateSerializer, Immutable, Alias("tms.companies.command")]
public abstract record CompanyCommand;

/// <summary>A company registers itself: with its HOVEDBRUKER, and all modules.</summary>
/// <param name="CompanyId">The tenant's id, which the company has too.</param>
/// <param name="Input">All about the company.</param>
/// <param name="UserId">Id of its HOVEDBRUKER, made by the caller.</param>
/// <param name="Person">Who that is.</param>
/// <param name="PasswordHash">As the hasher gave it; stored beside the events, never in them.</param>
[GenerateSerializer, Immutable, Alias("tms.companies.register")]
public sealed record RegisterCompany(
    [property: Id(0)] Guid CompanyId,
    [property: Id(1)] CompanyInput Input,
    [property: Id(2)] Guid UserId,
    [property: Id(3)] UserInput Person,
    [property: Id(4)] byte[] PasswordHash) : CompanyCommand, ICreate;

/// <summary>The platform makes a company, without users and modules.</summary>
/// <param name="Input">All about the company.</param>
[GenerateSerializer, Immutable, Alias("tms.companies.create")]
public sealed record CreateCompany([property: Id(0)] CompanyInput Input) : CompanyCommand, ICreate;

/// <summary>Replaces everything about a company; its organisation number must be the one it has.</summary>
/// <param name="Input">All about the company from now on.</param>
[GenerateSerializer, Immutable, Alias("tms.companies.update")]
public sealed record UpdateCompany([property: Id(0)] CompanyInput Input) : CompanyCommand;

/// <summary>Says which modules are active from now on.</summary>
/// <param name="Modules">All of them, in any order.</param>
[GenerateSerializer, Immutable, Alias("tms.companies.set-modules")]
public sealed record SetModules([property: Id(0)] ImmutableArray<Module> Modules) : CompanyCommand;
