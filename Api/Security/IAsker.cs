namespace Tms.Api.Security;

/// <summary>On whose behalf a token is read that nobody has read lately: reading a stranger's may cost a look at the store.</summary>
internal interface IAsker
{
    /// <summary>Whether the store may be asked for it now.</summary>
    ValueTask<bool> MayAsk();
}
