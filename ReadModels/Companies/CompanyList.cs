using Tms.Domain.Companies;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Companies;

/// <summary>Lists of companies: for platform administrators only.</summary>
public sealed class CompanyList(IDatabase database)
{
    internal static readonly StateTable<Company> Table = new("companies", [new("search_name", ColumnType.Text)], c => [SearchText.Of(c.Input.Name)]);

    /// <summary>Every company, by id.</summary>
    public async Task<IReadOnlyList<Company>> All(Guid after, int limit, int offset, CancellationToken cancel) =>
        await database.Query($"select {StateRows.Columns} from companies where id > @after order by id limit @limit offset @offset",
            r => StateRows.Read(r, CompanyDecider.Instance).State, cancel, ("after", after), ("limit", limit), ("offset", offset));

    /// <summary>How many companies there are.</summary>
    public async Task<long> CountAll(CancellationToken cancel) => (await database.Query("select count(*) from companies", r => r.GetInt64(0), cancel))[0];
}
