using Bench;
using Rebuild;

const string usage = """
    rebuild [--invoices 1000000] [--rate 100] [--quiet 30] [--json FILE.jsonl]
      what a rebuild of the table of invoices costs others, on a throwaway PostgreSQL server; the process writes, rebuilds and measures
      --invoices  of the company that is rebuilt: drafts of three events each
      --rate      commands a second of twenty other companies
      --quiet     seconds of those commands alone before each rebuild
    """;
var arguments = new Arguments(args);
var (invoices, rate, quiet, json) =
    (arguments.Int("invoices", 1_000_000), arguments.Number("rate", 100), arguments.Number("quiet", 30), arguments.Text("json"));
try
{
    arguments.Done();
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{usage}");
    return 64;
}

await using var store = await Store.Start();
var large = new Company(store);
await large.Fill(invoices);
return await new Measurement(store, large, rate, TimeSpan.FromSeconds(quiet), json).Run();
