using System.Globalization;
using System.Text.Json;
using Tms.Api.Security;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Readers;

namespace Tms.Api.Audit;

/// <summary>
/// Writes the signed heads of all companies' logs into a folder, a file each time, once the log agrees with the newest ones that are
/// there.
/// </summary>
/// <remarks>
/// <c>heads-TIME.jsonl</c> has a line for each company as <c>GET /api/audit/head</c> answers; <c>jwks-TIME.json</c> the keys that check
/// them.
/// </remarks>
public sealed class HeadExport(
    SigningKeys keys, SignedHeads heads, HeadCheck check, ChainCheck chain, IEventReader reader, TimeProvider time)
{
    /// <summary>Compares and writes.</summary>
    /// <returns>How many heads were written.</returns>
    /// <exception cref="ConfigurationFaultException">The log disagrees with a kept head: nothing is written.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async Task<int> Write(string folder, CancellationToken cancel)
    {
        await keys.Load(cancel);
        Directory.CreateDirectory(folder);
        if (Directory.GetFiles(folder, "heads-*.jsonl").Max(StringComparer.Ordinal) is { } newest) await Compare(newest, cancel);

        var epoch = await reader.Epoch(cancel);
        var lines = new List<string>();
        foreach (var tenant in await chain.Tenants(cancel)) lines.Add(Line(LogHead.Of(await reader.Head(tenant, cancel), epoch)));
        var at = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        await Whole(Path.Combine(folder, $"jwks-{at}.json"), [JsonSerializer.Serialize(SecurityExtensions.Jwks(keys))], cancel);
        await Whole(Path.Combine(folder, $"heads-{at}.jsonl"), lines, cancel);
        return lines.Count;
    }

    private async Task Compare(string file, CancellationToken cancel)
    {
        var kept = (await File.ReadAllLinesAsync(file, cancel))
            .Select(line => JsonSerializer.Deserialize<SignedHeadView>(line, JsonSerializerOptions.Web)!).ToList();
        foreach (var head in kept)
        {
            if (await check.Check(new(head.CompanyId), [head.Head], cancel) is [{ Reason: { } reason } verdict])
                throw new ConfigurationFaultException(
                    $"company {head.CompanyId}, position {verdict.Position}: {reason}, says {file}. No head was written.");
        }
    }

    private string Line(LogHead head) => JsonSerializer.Serialize(
        new SignedHeadView(heads.Sign(head), head.CompanyId, head.Position, head.Hash, head.Time, head.Epoch), JsonSerializerOptions.Web);

    // Never half a file: the next night would be held against it.
    private static async Task Whole(string file, IEnumerable<string> lines, CancellationToken cancel)
    {
        await File.WriteAllLinesAsync(file + ".part", lines, cancel);
        File.Move(file + ".part", file);
    }
}
