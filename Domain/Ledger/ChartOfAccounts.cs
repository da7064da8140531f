using System.Collections.Frozen;
using System.Globalization;

namespace Tms.Domain.Ledger;

/// <summary>The accounts that every company starts with: a chart in the style of NS 4102 for transport.</summary>
/// <remarks>Read from <c>accounts.csv</c> beside this file; groupings are checked against Skatteetaten's list.</remarks>
public sealed class ChartOfAccounts
{
    private const int Columns = 7;

    private readonly FrozenDictionary<int, Account> _byNumber;

    private ChartOfAccounts(IReadOnlyList<Account> all) => (All, _byNumber) = (all, all.ToFrozenDictionary(account => account.Number));

    /// <summary>The chart of this release.</summary>
    public static ChartOfAccounts Standard { get; } = new(Read());

    /// <summary>Every account, by number.</summary>
    public IReadOnlyList<Account> All { get; }

    /// <summary>The account with a number; null when there is none.</summary>
    public Account? Find(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The account with a number.</summary>
    /// <exception cref="InvalidDataException">There is none: the books name an account that nobody knows.</exception>
    public Account Of(int number) => Find(number) ?? throw new InvalidDataException($"There is no account {number}.");

    private static Account[] Read()
    {
        using var text = new StreamReader(typeof(ChartOfAccounts).Assembly.GetManifestResourceStream("Tms.Domain.Ledger.accounts.csv")!);
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Of)
            .OrderBy(account => account.Number)];
    }

    private static Account Of(string line) => line.TrimEnd('\r').Split(';') is { Length: Columns } cells
        ? new(
            int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], cells[2], (cells[3], cells[4]),
            cells[5] is { Length: > 0 } code ? code : null, cells[6])
        : throw new InvalidDataException($"accounts.csv: '{line}' has not {Columns} columns.");
}
