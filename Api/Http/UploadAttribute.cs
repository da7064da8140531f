namespace Tms.Api.Http;

/// <summary>An action whose body may have 10 MiB (and the parts of a form around it) instead of 1.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class UploadAttribute : Attribute
{
    internal const long MaxSize = 10 << 20;

    private const long AroundIt = 64 << 10;

    /// <summary>Whether the file may come as part of a form, which then may have 64 KiB around the 10 MiB of the file.</summary>
    public bool Form { get; set; }

    /// <summary>Bytes.</summary>
    public long MaxBody => MaxSize + (Form ? AroundIt : 0);
}
