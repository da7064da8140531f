using System.Data.Common;
using Tms.EventStore.Hosting;

namespace Tms.Silo.Upkeep;

/// <summary>
/// What the program does instead of serving: <c>Tms.Silo backup FOLDER</c>, <c>restore FOLDER [--replace]</c>, <c>restored</c>,
/// <c>verify</c>, <c>blobs</c>, <c>erasures list</c>, <c>erasures apply FILE</c> and <c>note WORK OUTCOME</c>.
/// </summary>
internal static class UpkeepVerbs
{
    private const string Replace = "--replace";

    /// <summary>What the first argument may be.</summary>
    public static IReadOnlyList<string> All { get; } = ["backup", "restore", "restored", "verify", "blobs", "erasures", "note"];

    /// <summary>Whether the arguments begin with a verb.</summary>
    public static bool Asked(string[] args) => args is [var first, ..] && All.Contains(first);

    /// <summary>Does it. What can be mended is a sentence on the standard error output.</summary>
    /// <returns>The exit code: 0, or 1 where it was not done or the log is damaged.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            await using var store = UpkeepStore.Open([.. args.SkipWhile(IsWord).Where(a => a != Replace)]);
            return await Do([.. args.TakeWhile(IsWord)], args.Contains(Replace), store);
        }
        catch (Exception e) when ((StartFaults.Sentence(e) ?? (e as DbException)?.Message) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"{args[0]}: {sentence}");
            return 1;
        }
    }

    private static Task<int> Do(string[] words, bool replace, UpkeepStore store) => words switch
    {
        ["backup", var folder] => SqliteBackup.Save(store, folder),
        ["restore", var folder] => SqliteRestore.Run(store, folder, replace),
        ["restored"] => AfterRestore.Run(store),
        ["verify"] => Verify(store),
        ["blobs"] => BlobUpkeep.Print(store),
        ["erasures", "list"] => ErasureList.Print(store),
        ["erasures", "apply", var file] => ErasuresAgain.Run(store, file),
        ["note", var work, var outcome] => NightNote.Write(store, work, outcome),
        _ =>
            throw new ConfigurationFaultException(
                "the verbs are: backup FOLDER, restore FOLDER [--replace], restored, verify, blobs, erasures list, erasures apply FILE, "
                + "note WORK succeeded|failed; then settings as --Tms:DataPath=…"),
    };

    /// <summary>The logs first: they are what counts.</summary>
    public static async Task<int> Verify(UpkeepStore store) => Math.Max(await LogVerification.Run(store), await BlobUpkeep.Verify(store));

    private static bool IsWord(string argument) => !argument.StartsWith("--", StringComparison.Ordinal);
}
