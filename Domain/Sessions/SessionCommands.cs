using System.Text.Json.Serialization;
using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Sessions;

/// <summary>What can be asked of a session.</summary>
[GenerateSerializer, Immutable, Alias("tms.sessions.command")]
public abstract record SessionCommand;

/// <summary>Ends a session for good.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("tms.sessions.end")]
public sealed record EndSession([property: Id(0)] Guid UserId, [property: Id(1)] SessionEnd Reason) : SessionCommand;

/// <summary>Why a session ended.</summary>
[JsonConverter(typeof(EnumConverter<SessionEnd>))]
public enum SessionEnd
{
    /// <summary>Its user has logged out.</summary>
    [JsonStringEnumMemberName("LOGOUT")]
    Logout,

    /// <summary>A refresh token was used a second time: somebody has stolen one.</summary>
    [JsonStringEnumMemberName("TOKEN_REUSED")]
    TokenReused,

    /// <summary>Its user has ended it from another one, or has begun one too many.</summary>
    [JsonStringEnumMemberName("REVOKED")]
    Revoked,

    /// <summary>Its user has another password.</summary>
    [JsonStringEnumMemberName("PASSWORD_CHANGED")]
    PasswordChanged,
}
