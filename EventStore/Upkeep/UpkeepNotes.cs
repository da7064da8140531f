using System.Globalization;

namespace Tms.EventStore.Upkeep;

/// <summary>
/// Notes when the night's work last succeeded and when it last failed: facts about the store, beside its epoch, and so in every backup.
/// </summary>
public sealed class UpkeepNotes(IDatabase database)
{
    private const string Prefix = "upkeep/";
    private const string Upsert =
        "insert into store (name, value) values (@name, @value) on conflict (name) do update set value = excluded.value";

    /// <summary>The work that is noted: <c>backup</c>, <c>verification</c> and <c>heads</c>.</summary>
    public static IReadOnlyList<string> Works { get; } = ["backup", "verification", "heads"];

    /// <summary>Replaces the note of a work's last success, or that of its last failure.</summary>
    /// <exception cref="StoreUnavailableException">The database could not be reached.</exception>
    public Task Write(UpkeepNote note, CancellationToken cancel) => database.Execute(
        Upsert, cancel, ("name", Prefix + note.Work + Outcome(note.Succeeded)),
        ("value", note.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));

    /// <summary>All notes: none of work that was never done. What was written by hand and is no time is passed over.</summary>
    /// <exception cref="StoreUnavailableException">The database could not be reached.</exception>
    public async Task<IReadOnlyList<UpkeepNote>> Read(CancellationToken cancel)
    {
        var rows = await database.Query(
            "select name, value from store where name like 'upkeep/%' order by name",
            r => (Name: r.GetString(0), Value: r.GetString(1)), cancel);
        return [.. rows.Select(row => Parse(row.Name, row.Value)).OfType<UpkeepNote>()];
    }

    private static UpkeepNote? Parse(string name, string value)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (Works.FirstOrDefault(w => name.StartsWith(Prefix + w + "/", StringComparison.Ordinal)) is not { } work) return null;
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, utc, out var at)
            ? new(work, name.EndsWith(Outcome(succeeded: true), StringComparison.Ordinal), at)
            : null;
    }

    private static string Outcome(bool succeeded) => succeeded ? "/succeeded" : "/failed";
}

/// <summary>When a work of the night last ended one way.</summary>
/// <param name="Work">One of <see cref="UpkeepNotes.Works"/>.</param>
/// <param name="Succeeded">Whether it was done in full.</param>
/// <param name="At">Its end, UTC, to the second.</param>
public readonly record struct UpkeepNote(string Work, bool Succeeded, DateTimeOffset At);
