using System.Text;

namespace Tms.Api.Blobs;

/// <summary>A kind of file, told by its first bytes: what a client says of it counts for nothing.</summary>
public sealed class FileType
{
    /// <summary>How many first bytes tell a kind.</summary>
    public const int HeadSize = 16;

    /// <summary>A PDF document.</summary>
    public static readonly FileType Pdf = new("application/pdf", head => head.StartsWith("%PDF-"u8));

    /// <summary>A JPEG picture.</summary>
    public static readonly FileType Jpeg = new("image/jpeg", head => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]));

    /// <summary>A PNG picture.</summary>
    public static readonly FileType Png = new("image/png", head =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]));

    /// <summary>A WebP picture.</summary>
    public static readonly FileType WebP = new("image/webp", head => head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8));

    /// <summary>A HEIC picture, as telephones make them.</summary>
    public static readonly FileType Heic = new("image/heic", head =>
        head[4..].StartsWith("ftyp"u8) && HeicBrands.Contains(Encoding.ASCII.GetString(head[8..12])));

    /// <summary>Receipts: PDF or picture.</summary>
    public static readonly IReadOnlyList<FileType> Receipts = [Pdf, Jpeg, Png, WebP, Heic];

    /// <summary>Photos.</summary>
    public static readonly IReadOnlyList<FileType> Photos = [Jpeg, Png, WebP, Heic];

    private static readonly string[] HeicBrands = ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"];

    private readonly Signature _signature;

    private FileType(string mediaType, Signature signature) => (MediaType, _signature) = (mediaType, signature);

    private delegate bool Signature(ReadOnlySpan<byte> head);

    /// <summary>Its media type, e.g. <c>image/jpeg</c>.</summary>
    public string MediaType { get; }

    /// <summary>Which of some kinds a file is; null: none of them.</summary>
    /// <param name="head">Its first bytes; fewer than <see cref="HeadSize"/> where it is shorter: then it is none.</param>
    /// <param name="kinds">Those that are taken.</param>
    public static FileType? Of(ReadOnlySpan<byte> head, IReadOnlyList<FileType> kinds)
    {
        for (var i = 0; head.Length >= HeadSize && i < kinds.Count; i++)
        {
            if (kinds[i]._signature(head)) return kinds[i];
        }

        return null;
    }
}
