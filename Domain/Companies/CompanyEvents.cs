using System.Collections.Immutable;

namespace Tms.Domain.Companies;

/// <summary>What has happened to a company.</summary>
public abstract record CompanyEvent;

/// <summary>COMPANY_CREATED.</summary>
/// <param name="Input">All about the company.</param>
/// <param name="Modules">What it starts with, in the order of <see cref="Module"/>.</param>
public sealed record CompanyCreated(CompanyInput Input, ImmutableArray<Module> Modules) : CompanyEvent;

/// <summary>COMPANY_UPDATED.</summary>
/// <param name="Input">All about the company from now on.</param>
public sealed record CompanyUpdated(CompanyInput Input) : CompanyEvent;

/// <summary>SERVICE_ACTIVATED.</summary>
/// <param name="Module">Which.</param>
public sealed record ServiceActivated(Module Module) : CompanyEvent;

/// <summary>SERVICE_DEACTIVATED.</summary>
/// <param name="Module">Which.</param>
public sealed record ServiceDeactivated(Module Module) : CompanyEvent;
