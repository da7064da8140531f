namespace Tms.Api.Security;

/// <summary>Lets operators have the next signing key made early.</summary>
public interface IKeyRotation
{
    /// <summary>Has the next key made now; where one waits for its hour already, that is the next.</summary>
    /// <exception cref="EventStore.StoreUnavailableException">The store could not be reached.</exception>
    Task<SigningKey> Force(CancellationToken cancel);
}
