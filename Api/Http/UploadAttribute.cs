using Microsoft.AspNetCore.Http.Metadata;

namespace Tms.Api.Http;

/// <summary>An action whose body may have 10 MiB (and the parts of a form around it) instead of 1.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class UploadAttribute : Attribute, IRequestSizeLimitMetadata
{
    internal const long MaxSize = 10 << 20;

    /// <summary>Bytes.</summary>
    public long? MaxRequestBodySize => MaxSize;
}
