using System.Globalization;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.Silo.Upkeep;

/// <summary>
/// The list of erased persons that outlives a restore: a line for each with company, person and time. It holds nothing personal.
/// </summary>
internal static class ErasureList
{
    private const string Erased = "USER_ERASED";

    /// <summary>Writes the list of this database to the standard output.</summary>
    public static async Task<int> Print(UpkeepStore store)
    {
        if (store.Options.Embedded) SqliteFile.MustExist(store.Options.StoreFile);
        var erased = await store.Services.GetRequiredService<IStreamFinder>().With(Erased).ToListAsync();
        foreach (var one in erased.OrderBy(e => e.TimeMicros).ThenBy(e => e.Tenant.Value))
            Console.WriteLine(Line(one.Tenant.Value, one.Stream.Id, one.TimeMicros));
        return 0;
    }

    /// <summary>
    /// The persons of a list, each once; <c>-</c> is the standard input. Lines that are empty or begin with # say nothing.
    /// </summary>
    /// <exception cref="ConfigurationFaultException">There is no such file, or a line is not what <see cref="Print"/> writes.</exception>
    public static IReadOnlyList<(TenantId Tenant, Guid Person)> Read(string file)
    {
        return [.. Lines(file).Select((text, i) => (Text: text.Trim(), Number: i + 1)).Where(line => line.Text is not ("" or ['#', ..]))
            .Select(line => Parse(line.Text, $"{file}:{line.Number}")).Distinct()];
    }

    private static string[] Lines(string file)
    {
        if (file == "-") return Console.In.ReadToEnd().Split('\n');
        return File.Exists(file) ? File.ReadAllLines(file) : throw new ConfigurationFaultException($"there is no {file}.");
    }

    private static string Line(Guid tenant, Guid person, long micros) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant} {person} {Micros.ToTime(micros).UtcDateTime:O}");

    private static (TenantId Tenant, Guid Person) Parse(string line, string place) =>
        line.Split(' ') is [var tenant, var person, ..] && Guid.TryParseExact(tenant, "D", out var company)
            && Guid.TryParseExact(person, "D", out var id)
            ? (new TenantId(company), id)
            : throw new ConfigurationFaultException($"{place} is no line of 'erasures list': nothing was done.");
}
