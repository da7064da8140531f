namespace Tms.Domain.Keys;

/// <summary>What has happened to a signing key.</summary>
public abstract record KeyEvent;

/// <summary>SIGNING_KEY_WITHDRAWN: from here on no token of it holds, and every node reads the keys anew.</summary>
/// <param name="Kid">Its name in tokens.</param>
public sealed record SigningKeyWithdrawn(string Kid) : KeyEvent;
