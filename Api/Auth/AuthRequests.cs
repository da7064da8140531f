using System.ComponentModel.DataAnnotations;
using Tms.Api.Security;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>Credentials.</summary>
public sealed record LoginRequest
{
    /// <summary>E-mail address.</summary>
    [StringLength(254)]
    public required string Email { get; init; }

    /// <summary>Password.</summary>
    [StringLength(Passwords.MaxLength)]
    public required string Password { get; init; }

    /// <summary>Code of the second factor, or one for a lost device, where logins need one.</summary>
    [StringLength(40)]
    public string? Code { get; init; }

    internal Credentials ToCredentials() => new(Email, Password, Code);
}

/// <summary>A refresh token.</summary>
public sealed record RefreshRequest
{
    /// <summary>As the last login or refresh gave it.</summary>
    [StringLength(200)]
    public required string RefreshToken { get; init; }
}

/// <summary>An access token to look at.</summary>
public sealed record VerifyRequest
{
    /// <summary>The token.</summary>
    [StringLength(TokenReader.MaxLength)]
    public required string Token { get; init; }
}

/// <summary>What a login gives.</summary>
/// <param name="AccessToken">JWT, ES256.</param>
/// <param name="TokenType">Bearer.</param>
/// <param name="ExpiresIn">Seconds that the access token holds.</param>
/// <param name="RefreshToken">Rotates with each use; 30 days.</param>
/// <param name="User">Who logged in.</param>
public sealed record LoginAnswer(string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, UserView User);

/// <summary>What a token says.</summary>
/// <param name="Valid">Whether it holds now.</param>
/// <param name="User">Whose it is; null where it does not hold.</param>
public sealed record VerifyAnswer(bool Valid, UserView? User);
