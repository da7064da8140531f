namespace Tms.Grains.Abstractions.Shared;

/// <summary>A grain of one tenant was called for another one, or for none: a bug or an attack, never a user's mistake.</summary>
[GenerateSerializer, Alias("tms.tenant-mismatch")]
public sealed class TenantMismatchException : Exception
{
    /// <summary>A refusal without further words.</summary>
    public TenantMismatchException()
        : this("The call was made for another tenant.")
    {
    }

    /// <summary>A refusal that says which grain was called for whom.</summary>
    public TenantMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with a cause.</summary>
    public TenantMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
