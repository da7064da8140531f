namespace Tms.Silo.Health;

/// <summary>Asks a running process for its health: the check of a container that has neither a shell nor curl.</summary>
public static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The address to ask, where the program was started as <c>Tms.Api health http://127.0.0.1:8000/health/ready</c>; null: it shall serve.
    /// </summary>
    public static string? Address(string[] args) => args is ["health", var address] ? address : null;

    /// <summary>0 when the address answers with success within 4 seconds; else 1, and a line on standard error says why.</summary>
    public static async Task<int> Ask(string address)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var answer = await client.GetAsync(address);
            answer.EnsureSuccessStatusCode();
            return 0;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"{address}: {e.Message}");
            return 1;
        }
    }
}
