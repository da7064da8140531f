using Tms.EventStore;

namespace Tms.Testing.Plans;

/// <summary>Tells how the database finds what every statement on it asks for.</summary>
public interface IExplainingDatabase : IDatabase
{
    /// <summary>The plan of each statement so far, in order.</summary>
    Task<IReadOnlyList<string>> Plans();
}
