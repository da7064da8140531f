using System.Security.Cryptography;
using OtpNet;
using Tms.Api.Http;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Keys;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>
/// Second factors: codes by time (RFC 6238: SHA-1, six digits, 30 s, one step early or late), and codes for a lost device, each of which
/// holds once.
/// </summary>
public sealed class SecondFactors(IGrainFactory grains, IEventReader store, MasterKey master, TimeProvider time)
{
    private static readonly VerificationWindow OneStep = new(previous: 1, future: 1);

    /// <summary>Checks a code. One for a lost device is used up here; that a code by time holds once is the login's to say.</summary>
    /// <returns>The time step of the code, null for one of a lost device; no answer where the code does not hold.</returns>
    /// <exception cref="StoreUnavailableException">The secrets could not be read.</exception>
    public async Task<CodeShown?> Check(UserView user, string written, string correlation, CancellationToken cancel)
    {
        if (CodeText.Read(written) is not { } code) return null;
        var tenant = LoginGate.TenantOf(user);
        if (code.Length == TotpCode.Digits)
        {
            var wrapped = await store.FindSecret(tenant, user.Id, UserSecrets.SecondFactor, cancel);
            return wrapped is not null && Step(Unwrap(user.Id, wrapped), code) is { } step ? new CodeShown(step) : null;
        }

        var left = RecoveryCodes.Without(await store.FindSecret(tenant, user.Id, UserSecrets.RecoveryCodes, cancel) ?? [], code);
        return left is not null && await UseUp(user, left, correlation) ? new CodeShown(null) : null;
    }

    /// <summary>The time step of a code of a secret; null where it is none of now.</summary>
    public long? Step(byte[] secret, string code) =>
        new Totp(secret).VerifyTotp(time.GetUtcNow().UtcDateTime, CodeText.Read(code) ?? "", out var step, OneStep) ? step : null;

    /// <summary>A secret as it is stored: only the master key opens it, and only as this user's.</summary>
    public byte[] Wrap(Guid user, byte[] secret) => master.Wrap(UserSecrets.SecondFactor, user.ToString(), secret);

    private byte[] Unwrap(Guid user, byte[] wrapped) => master.Unwrap(UserSecrets.SecondFactor, user.ToString(), wrapped);

    private async Task<bool> UseUp(UserView user, byte[] left, string correlation)
    {
        var tenant = LoginGate.TenantOf(user).Value;
        CallerTenant.Set(tenant);
        var context = new CommandContext(Guid.CreateVersion7(time.GetUtcNow()), user.Id.ToString(), correlation);
        var outcome = await grains.GetGrain<IUserGrain>(GrainKey.For(tenant, user.Id))
            .Send(new UseRecoveryCode(left, left.Length / SHA256.HashSizeInBytes), context);
        return outcome.Kind == OutcomeKind.Done;
    }
}

/// <summary>A code that holds.</summary>
/// <param name="Step">Its time step; null for one of a lost device.</param>
public sealed record CodeShown(long? Step);

/// <summary>Codes by time.</summary>
internal static class TotpCode
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>Bytes of a secret: RFC 4226 asks for 20.</summary>
    public const int SecretSize = 20;

    /// <summary>What an authenticator app reads from a QR code.</summary>
    public static string Uri(string email, string secret) =>
        $"otpauth://totp/TMS:{System.Uri.EscapeDataString(email)}?secret={secret}&issuer=TMS&algorithm=SHA1&digits={Digits}&period=30";
}
