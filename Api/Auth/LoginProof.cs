using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>What somebody shows who wants to log in.</summary>
/// <param name="Email">E-mail address, as it was written.</param>
/// <param name="Password">Password.</param>
/// <param name="Code">Code of the second factor, or one for a lost device; null: none was given.</param>
public sealed record Credentials(string Email, string Password, string? Code);

/// <summary>What credentials are worth.</summary>
/// <param name="User">Whose they are; null where they are nobody's, or nobody may log in with them now.</param>
/// <param name="Step">Time step of the code; null where none was needed.</param>
/// <param name="NeedsCode">Whether everything holds but for the code, which is missing.</param>
public sealed record LoginProof(UserView? User, long? Step = null, bool NeedsCode = false)
{
    /// <summary>They are worth nothing, for whatever reason.</summary>
    public static readonly LoginProof None = new((UserView?)null);

    /// <summary>They want a code.</summary>
    public static readonly LoginProof Incomplete = new(null, NeedsCode: true);
}
