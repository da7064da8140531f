using System.ComponentModel.DataAnnotations;
using Tms.Api.Reading;
using Tms.Domain.Shared;

namespace Tms.Api.Auth;

/// <summary>Another password.</summary>
public sealed record ChangePasswordRequest : IRuled
{
    /// <summary>The one that holds now.</summary>
    [StringLength(Passwords.MaxLength)]
    public required string CurrentPassword { get; init; }

    /// <summary>At least 10 characters, and none of the common ones.</summary>
    [StringLength(Passwords.MaxLength, MinimumLength = Passwords.MinLength)]
    public required string NewPassword { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) =>
        [.. facts.WeakPassword("/newPassword", NewPassword), .. IsSame ? [Same] : Array.Empty<Refusal>()];

    // Whether the current one is right is asked next: the same text is refused either way.
    private bool IsSame => Passwords.AreSame(CurrentPassword, NewPassword);

    private static Refusal Same { get; } =
        Refusal.Invalid("/newPassword", AuthCodes.SamePassword, "This is the password that holds already: choose another.");
}

/// <summary>Somebody has forgotten a password.</summary>
public sealed record ForgotPasswordRequest
{
    /// <summary>E-mail address.</summary>
    [StringLength(254, MinimumLength = 1)]
    public required string Email { get; init; }
}

/// <summary>A password to set with a mailed token.</summary>
public sealed record ResetPasswordRequest : IRuled
{
    /// <summary>As the mail has it.</summary>
    [StringLength(200)]
    public required string Token { get; init; }

    /// <summary>At least 10 characters, and none of the common ones.</summary>
    [StringLength(Passwords.MaxLength, MinimumLength = Passwords.MinLength)]
    public required string NewPassword { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => facts.WeakPassword("/newPassword", NewPassword);
}

/// <summary>A new e-mail address.</summary>
public sealed record ChangeEmailRequest
{
    /// <summary>The new address; a token goes there.</summary>
    [StringLength(254, MinimumLength = 3)]
    public required string Email { get; init; }

    /// <summary>The account's password.</summary>
    [StringLength(Passwords.MaxLength)]
    public required string Password { get; init; }
}

/// <summary>A token that was mailed to a new address.</summary>
public sealed record ConfirmEmailRequest
{
    /// <summary>As the mail has it.</summary>
    [StringLength(200)]
    public required string Token { get; init; }
}
