namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>Several processes on the machine, and what they must do within seconds: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
