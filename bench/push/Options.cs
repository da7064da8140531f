using Bench;

namespace Push;

public sealed record Options(
    string Url, int Companies, int Clients, double Rate, double Warmup, double Seconds, int Burst, string? Json, string Figure)
{
    public const string Usage = """
        push [--url http://127.0.0.1:5084] [--companies 10] [--clients 50] [--rate 200] [--warmup 5] [--seconds 20] [--burst 0]
             [--json FILE.jsonl] [--figure NAME] [--watch server=PID]...
          --clients  connections in all, spread over the companies
          --rate     commands per second in all, spread over the companies
          --burst    afterwards so many commands back to back: deliveries per second
        """;

    public static Options Read(Arguments a)
    {
        var options = new Options(
            a.Text("url", "http://127.0.0.1:5084"), a.Int("companies", 10), a.Int("clients", 50), a.Number("rate", 200),
            a.Number("warmup", 5), a.Number("seconds", 20), a.Int("burst", 0), a.Text("json"), a.Text("figure", "tms|push"));
        a.Done();
        return options;
    }
}
