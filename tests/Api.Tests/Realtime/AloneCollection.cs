namespace Tms.Api.Tests.Realtime;

/// <summary>Tests that measure the memory of the process: no other test runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
