using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bench;

namespace Load;

/// <summary>What to send, read from a JSON file: see profiles/README.md.</summary>
public sealed class Profile
{
    private readonly Dictionary<string, int> _slots = [];
    private readonly Dictionary<string, Step> _steps = [];

    private Profile(Uri baseUrl) => BaseUrl = baseUrl;

    public Uri BaseUrl { get; }

    /// <summary>Per company: the values of its variables, as (slot, value).</summary>
    public List<List<(int Slot, byte[] Value)>> Companies { get; } = [];

    public Dictionary<string, List<Step>> Workloads { get; } = [];

    public List<Step> Setup { get; } = [];

    public int SlotCount => _slots.Count;

    public int NumberSlot => Slot("n");

    public int GuidSlot => Slot("guid");

    public int IdSlot => Slot("id");

    /// <param name="path">The file.</param>
    /// <param name="baseUrl">Instead of the file's.</param>
    /// <param name="count">Number of companies, at most as many as the file has; 0: all.</param>
    public static Profile Read(string path, string? baseUrl, int count)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var root = document.RootElement;
        var profile = new Profile(new Uri(baseUrl ?? root.GetProperty("baseUrl").GetString()!));
        _ = (profile.NumberSlot, profile.GuidSlot, profile.IdSlot);

        var companies = root.GetProperty("companies");
        if (companies.ValueKind == JsonValueKind.Array)
        {
            foreach (var company in companies.EnumerateArray())
            {
                profile.Companies.Add(
                    [.. company.EnumerateObject().Select(p => (profile.Slot(p.Name), Encoding.UTF8.GetBytes(p.Value.ToString())))]);
            }
        }
        else
        {
            var numbers = OrganisationNumbers.First(companies.GetProperty("count").GetInt32()).ToArray();
            for (var i = 1; i <= numbers.Length; i++)
            {
                var name = string.Format(CultureInfo.InvariantCulture, companies.GetProperty("format").GetString()!, i);
                profile.Companies.Add([
                    (profile.Slot("company"), Encoding.UTF8.GetBytes(name)),
                    (profile.Slot("organisationNumber"), Encoding.UTF8.GetBytes(numbers[i - 1]))]);
            }
        }

        if (count > 0 && count < profile.Companies.Count) profile.Companies.RemoveRange(count, profile.Companies.Count - count);
        var headers = root.TryGetProperty("headers", out var h) ? h : default;
        foreach (var step in root.GetProperty("steps").EnumerateObject())
        {
            profile._steps.Add(step.Name, Step.Read(profile, step.Name, step.Value, headers));
        }

        foreach (var workload in root.GetProperty("workloads").EnumerateObject())
        {
            profile.Workloads.Add(workload.Name, [.. workload.Value.EnumerateArray().Select(n => profile._steps[n.GetString()!])]);
        }

        if (root.TryGetProperty("setup", out var setup))
        {
            profile.Setup.AddRange(setup.EnumerateArray().Select(n => profile._steps[n.GetString()!]));
        }

        return profile;
    }

    public int Slot(string name) => _slots.TryGetValue(name, out var slot) ? slot : _slots[name] = _slots.Count;
}

/// <summary>One request of a workload.</summary>
public sealed record Step(
    string Name, Template Head, Template? Body, int MinBodyBytes, Template? MustContain, List<(int Slot, string[] Path)> Extract)
{
    public static Step Read(Profile profile, string name, JsonElement step, JsonElement headers)
    {
        var method = step.GetProperty("method").GetString();
        var head = new StringBuilder($"{method} {step.GetProperty("path").GetString()} HTTP/1.1\r\nHost: {profile.BaseUrl.Authority}\r\n");
        foreach (var source in new[] { headers, step.TryGetProperty("headers", out var own) ? own : default })
        {
            if (source.ValueKind == JsonValueKind.Object)
            {
                foreach (var header in source.EnumerateObject())
                {
                    head.Append(CultureInfo.InvariantCulture, $"{header.Name}: {header.Value.GetString()}\r\n");
                }
            }
        }

        Template? body = null;
        if (step.TryGetProperty("body", out var b))
        {
            body = Template.Parse(profile, JsonSerializer.Serialize(b));
            head.Append("Content-Type: application/json\r\n");
        }

        var extract = step.TryGetProperty("extract", out var e)
            ? e.EnumerateObject().Select(p => (profile.Slot(p.Name), p.Value.GetString()!.Split('.'))).ToList()
            : [];
        return new Step(
            name,
            Template.Parse(profile, head.ToString()),
            body,
            step.TryGetProperty("minBodyBytes", out var min) ? min.GetInt32() : 0,
            step.TryGetProperty("mustContain", out var must) ? Template.Parse(profile, must.GetString()!) : null,
            extract);
    }

    public void Write(ArrayBufferWriter<byte> request, ArrayBufferWriter<byte> scratch, byte[]?[] values)
    {
        request.ResetWrittenCount();
        Head.Write(request, values);
        if (Body is not null)
        {
            scratch.ResetWrittenCount();
            Body.Write(scratch, values);
            request.Write("Content-Length: "u8);
            scratch.WrittenCount.TryFormat(request.GetSpan(16), out var written, default, CultureInfo.InvariantCulture);
            request.Advance(written);
            request.Write("\r\n\r\n"u8);
            request.Write(scratch.WrittenSpan);
        }
        else
        {
            request.Write("Content-Length: 0\r\n\r\n"u8);
        }
    }

    /// <summary>A 2xx with an empty list is not an answer: the profile says what a real one has.</summary>
    public bool Accepts(int status, ReadOnlyMemory<byte> body, ArrayBufferWriter<byte> scratch, byte[]?[] values)
    {
        if (status is < 200 or > 299 || body.Length < MinBodyBytes)
        {
            return false;
        }

        if (MustContain is not null)
        {
            scratch.ResetWrittenCount();
            MustContain.Write(scratch, values);
            if (body.Span.IndexOf(scratch.WrittenSpan) < 0)
            {
                return false;
            }
        }

        if (Extract.Count > 0)
        {
            using var document = JsonDocument.Parse(body);
            foreach (var (slot, path) in Extract)
            {
                var element = document.RootElement;
                foreach (var property in path)
                {
                    element = element.GetProperty(property);
                }

                values[slot] = Encoding.UTF8.GetBytes(element.ToString());
            }
        }

        return true;
    }
}

/// <summary>Text with {variables}, cut up once so that a request is a few copies.</summary>
public sealed partial class Template
{
    private readonly List<(byte[]? Text, int Slot)> _parts = [];

    public static Template Parse(Profile profile, string text)
    {
        var template = new Template();
        var at = 0;
        foreach (Match match in Variable().Matches(text))
        {
            template._parts.Add((Encoding.UTF8.GetBytes(text[at..match.Index]), -1));
            template._parts.Add((null, profile.Slot(match.Groups[1].Value)));
            at = match.Index + match.Length;
        }

        template._parts.Add((Encoding.UTF8.GetBytes(text[at..]), -1));
        return template;
    }

    public void Write(ArrayBufferWriter<byte> target, byte[]?[] values)
    {
        foreach (var (text, slot) in _parts)
        {
            target.Write(text ?? values[slot] ?? throw new InvalidOperationException("a template names a variable that has no value yet"));
        }
    }

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();
}
