using Tms.Silo.Upkeep;

namespace Tms.Silo;

/// <summary>What a program says instead of starting: how it is started, or that it does not know a word.</summary>
/// <param name="Text">What is printed.</param>
/// <param name="Code">The exit code.</param>
public sealed record Usage(string Text, int Code)
{
    /// <summary>How <c>Tms.Api</c> is started.</summary>
    public const string Api = """
        Tms.Api [--demo] [settings]     serves HTTP and the live hub, by default on http://localhost:8000
        Tms.Api health URL              asks a running one; exit code 0 if it says yes
        Tms.Api heads FOLDER [settings] signs the end of every company's log into a file, to be kept elsewhere
        --demo                          fills an empty store first, and prints the logins

        Settings: --Tms:DataPath=data, --ConnectionStrings:Tms=…, --urls=…; docs/configuration.md has all of them.
        """;

    /// <summary>How <c>Tms.Silo</c> is started.</summary>
    public const string Silo = """
        Tms.Silo [settings]                             runs a silo; health and metrics by default on http://localhost:8080
        Tms.Silo health URL                             asks a running one; exit code 0 if it says yes
        Tms.Silo backup FOLDER [settings]               copies an SQLite store while it is used (PostgreSQL: scripts/backup)
        Tms.Silo restore FOLDER [--replace] [settings]  puts such a copy back
        Tms.Silo restored [settings]                    after a restore by hand: a new epoch, no sessions, no old members
        Tms.Silo verify [settings]                      walks every company's hash chain and reads every file
        Tms.Silo blobs [settings]                       how many files each company has, and how large they are
        Tms.Silo erasures list [settings]               who was erased
        Tms.Silo erasures apply FILE [settings]         erases them again after a restore
        Tms.Silo note WORK succeeded|failed [settings]  notes how the night's backup, verification or heads went; metrics show it

        Settings: --Tms:DataPath=data, --ConnectionStrings:Tms=…; docs/configuration.md has all of them, docs/operations.md says when to
          use which verb.
        """;

    /// <summary>What is said of the arguments; null if they start the program or name one of its verbs.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="text">How the program is started.</param>
    public static Usage? Of(string[] args, string text) => args switch
    {
        ["--help" or "-h" or "-?" or "help", ..] => new(text, 0),
        [var first, ..] when IsWord(first) && !(text == Silo && UpkeepVerbs.All.Contains(first)) =>
            new($"'{first}' is no verb of this program, or lacks what it is done with.\n\n{text}", 1),
        _ => null,
    };

    /// <summary>Prints it: help to the standard output, a fault to the standard error output.</summary>
    /// <returns>The exit code.</returns>
    public int Print()
    {
        (Code == 0 ? Console.Out : Console.Error).WriteLine(Text);
        return Code;
    }

    private static bool IsWord(string argument) =>
        !argument.StartsWith('-') && !argument.StartsWith('/') && !argument.Contains('=', StringComparison.Ordinal);
}
