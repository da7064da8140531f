using Bench;
using Npgsql;
using Replay;

const string usage = """
    replay grow  --events 10000 --copies 50    a long aggregate by real commands; bytes written per append on the way; copies of it
    replay cold                                first GET of every copy: run it right after the server's start
    replay pages --small 10000 --large 1000000 list pages of two companies of these sizes
    replay fill  --invoices 100000             a log of three events an invoice, 50 companies
    replay repeat --events 200000              repeats of commands, and versions, all over one aggregate of so many events
    replay read                                the whole log, read and folded
      all: [--url http://127.0.0.1:5084] [--json FILE.jsonl] [--ids FILE]; the connection string in TMS_DATABASE
      cold, and read and fill after growing, need a database that earlier steps made. Copies are made by SQL:
      rows as the server would have written them, but with the hashes of the original, so that the chain does not verify.
    """;
var arguments = new Arguments(args);
var context = new Context(
    arguments.Text("url", "http://127.0.0.1:5084"), arguments.Text("json"), arguments.Text("ids", "replay-ids.txt"),
    Environment.GetEnvironmentVariable("TMS_DATABASE") ?? "Host=127.0.0.1;Port=55433;Username=bench;Database=tms;Max Auto Prepare=50");
await using var database = NpgsqlDataSource.Create(context.Database);
using var http = new HttpClient { BaseAddress = new Uri(context.Url), Timeout = TimeSpan.FromMinutes(2) };

switch (arguments.Words)
{
    case ["grow"]:
        await new LongAggregate(context, http, database).Grow(arguments.Int("events", 10_000), arguments.Int("copies", 50));
        break;
    case ["cold"]:
        await new LongAggregate(context, http, database).LoadCold();
        break;
    case ["pages"]:
        await new Pages(context, http, database).Measure(
            arguments.Int("small", 10_000), arguments.Int("large", 1_000_000), arguments.Int("requests", 2_000));
        break;
    case ["fill"]:
        await new WholeLog(context, http, database).Fill(arguments.Int("invoices", 100_000));
        break;
    case ["repeat"]:
        await new Repeats(context, http, database).Measure(arguments.Int("events", 200_000), arguments.Int("requests", 500));
        break;
    case ["read"]:
        await new WholeLog(context, http, database).Read();
        break;
    default:
        await Console.Error.WriteLineAsync(usage);
        return 64;
}

return 0;

namespace Replay
{
    /// <summary>Where the server and its database are, and where figures go.</summary>
    public sealed record Context(string Url, string? Json, string Ids, string Database);
}
