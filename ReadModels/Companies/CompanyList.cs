using Tms.Domain.Companies;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Companies;

/// <summary>Lists of companies: for platform administrators only.</summary>
public sealed class CompanyList(IDatabase database)
{
    internal static readonly StateTable<Company> Table = new("companies", [new("search_name", ColumnType.Text)], c => [SearchText.Of(c.Input.Name)]);

    /// <summary>Every company, by id.</summary>
    public async Task<IReadOnlyList<Company>> All(Guid after, int limit, CancellationToken cancel) =>
        await database.Query($"select {StateRows.Columns} from companies where id > @after order by id limit @limit",
            r => StateRows.Read(r, CompanyDecider.Instance).State, cancel, ("after", after), ("limit", limit));
}
