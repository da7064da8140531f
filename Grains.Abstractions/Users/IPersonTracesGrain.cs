namespace Tms.Grains.Abstractions.Users;

/// <summary>
/// What stays of an erased person outside the log, in rows and memories of streams that tell of it; its key is tenant/person.
/// </summary>
[Alias("tms.person-traces")]
public interface IPersonTracesGrain : IGrainWithStringKey
{
    /// <summary>Has everybody forget a person whose key is gone. Takes a second and more where events name persons.</summary>
    /// <remarks>May be done again.</remarks>
    [Alias("Forget")]
    Task Forget();
}
