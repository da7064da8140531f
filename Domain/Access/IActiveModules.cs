using Tms.Domain.Companies;

namespace Tms.Domain.Access;

/// <summary>The modules that companies have activated.</summary>
public interface IActiveModules
{
    /// <summary>Whether a company has activated a module; false for an unknown company.</summary>
    ValueTask<bool> HasActive(Guid company, Module module);
}
