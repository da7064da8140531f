using System.Security.Cryptography;
using System.Text;
using Tms.EventStore.Hosting;

namespace Tms.EventStore.Keys;

/// <summary>Wraps every key that is kept in the store, by AES-256-GCM: a copy of the database alone opens nothing.</summary>
/// <remarks>
/// Wrapped form: nonce (12 bytes), tag (16), ciphertext. Purpose and id of a key are bound to it: a wrapped key moved to another row does
/// not open.
/// </remarks>
public sealed class MasterKey
{
    private const int Size = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <summary>
    /// The configured key, else the one of the file <c>master.key</c> in the data folder, which is made (0600) where it does not exist.
    /// </summary>
    /// <param name="configured"><c>Tms:MasterKey</c>; null where it is not given.</param>
    /// <param name="dataPath"><c>Tms:DataPath</c>.</param>
    /// <exception cref="ConfigurationFaultException">The configured text or the file is not base64 of 32 bytes.</exception>
    public static MasterKey Load(string? configured, string dataPath) => configured is { Length: > 0 } text
        ? new MasterKey(Parse(text) ?? throw new ConfigurationFaultException("Tms:MasterKey must be base64 of 32 bytes."))
        : FromFile(Path.Combine(dataPath, "master.key"));

    /// <summary>Wraps a key for a row of the store.</summary>
    public byte[] Wrap(string purpose, string id, ReadOnlySpan<byte> secret)
    {
        var wrapped = new byte[NonceSize + TagSize + secret.Length];
        var nonce = wrapped.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, secret, wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize), Name(purpose, id));
        return wrapped;
    }

    /// <summary>Opens a wrapped key.</summary>
    /// <exception cref="ConfigurationFaultException">It was wrapped by another master key, or was altered.</exception>
    public byte[] Unwrap(string purpose, string id, ReadOnlySpan<byte> wrapped)
    {
        var secret = new byte[Math.Max(0, wrapped.Length - NonceSize - TagSize)];
        try
        {
            using var aes = new AesGcm(_key, TagSize);
            aes.Decrypt(
                wrapped[..NonceSize], wrapped[(NonceSize + TagSize)..], wrapped.Slice(NonceSize, TagSize), secret, Name(purpose, id));
            return secret;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentOutOfRangeException)
        {
            throw new ConfigurationFaultException($"Tms:MasterKey is not the key that wrapped '{purpose}' key {id} in this store.", e);
        }
    }

    private static byte[] Name(string purpose, string id) => Encoding.UTF8.GetBytes($"{purpose}/{id}");

    private static byte[]? Parse(string text)
    {
        var key = new byte[Size];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == Size ? key : null;
    }

    private static MasterKey FromFile(string path)
    {
        return new MasterKey(
            Parse(ReadOrMake(path))
                ?? throw new ConfigurationFaultException($"{path} must hold base64 of 32 bytes; or give Tms:MasterKey."));
    }

    private static string ReadOrMake(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (!File.Exists(path)) Create(path);
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationFaultException(
                $"Tms:DataPath: the master key {path} can be neither read nor made ({e.Message}); or give Tms:MasterKey.", e);
        }
    }

    // Written whole under another name first: a process that starts at the same moment sees all of the file or none of it.
    private static void Create(string path)
    {
        var draft = path + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(draft, Encoding.ASCII, options)) file.Write(
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size)));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
