using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tms.EventStore.Sqlite;

/// <summary>The file beside a database (<c>tms.db-epoch</c>): the epoch that the database had, and the last position in it.</summary>
/// <remarks>
/// One line, <c>{epoch} {position}</c>. The position is written over after each commit and before anybody hears of it, without waiting for
/// the disk: it survives the end of the process, and after a power cut it may be too low.
/// </remarks>
internal sealed class EpochFile(string database) : IDisposable
{
    private const int PositionOffset = 37;
    private readonly string _path = database + "-epoch";
    private SafeFileHandle? _open;

    /// <summary>What it says; null where it is not there or cannot be read as one.</summary>
    public (Guid Epoch, GlobalPosition Position)? Read()
    {
        if (!File.Exists(_path)) return null;
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd('\n').Split(' ') is [var epoch, var position]
            && Guid.TryParse(epoch, out var id) && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (id, new(last))
            : null;
    }

    /// <summary>Writes it anew; on disk at return.</summary>
    public void Write(Guid epoch, GlobalPosition position)
    {
        using var stream = new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(Encoding.ASCII.GetBytes($"{epoch} "));
        stream.Write(Digits(position));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Writes the position of the last event of a commit. Never throws: what is committed is committed, and a note that is too low only
    /// notices less.
    /// </summary>
    public void Note(GlobalPosition position)
    {
        try
        {
            _open ??= File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(_open, Digits(position), PositionOffset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next commit writes it over.
        }
    }

    /// <summary>Takes it away, so that the next start finds a database that it does not know. Never throws.</summary>
    public void Forget()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The note is as low as the last commit: a shorter log is still noticed.
        }
    }

    public void Dispose() => _open?.Dispose();

    // As wide as the largest: written over, it leaves nothing of what was there.
    private static byte[] Digits(GlobalPosition position) =>
        Encoding.ASCII.GetBytes(position.Value.ToString("D19", CultureInfo.InvariantCulture) + "\n");
}
