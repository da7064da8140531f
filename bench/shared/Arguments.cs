using System.Globalization;

namespace Bench;

/// <summary>
/// Options as <c>--name value</c> after the words that say what to do. An unknown option is an error: a run with a misspelt one measures
/// something else.
/// </summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];
    private readonly HashSet<string> _known = [];

    public Arguments(string[] args)
    {
        Words = [.. args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
        for (var i = Words.Count; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            {
                throw new ArgumentException($"{args[i]}: an option is --name value");
            }

            if (args[i] == "--watch")
            {
                Watch.Add((args[i + 1].Split('=')[0], int.Parse(args[i + 1].Split('=')[1], CultureInfo.InvariantCulture)));
                continue;
            }

            _options[args[i][2..]] = args[i + 1];
        }
    }

    public List<string> Words { get; }

    /// <summary><c>--watch NAME=PID</c>, as often as wanted: processes whose CPU and memory are reported.</summary>
    public List<(string Name, int Pid)> Watch { get; } = [];

    public string? Text(string name)
    {
        _known.Add(name);
        return _options.GetValueOrDefault(name);
    }

    public string Text(string name, string otherwise) => Text(name) ?? otherwise;

    public int Int(string name, int otherwise) => (int)Number(name, otherwise);

    public double Number(string name, double otherwise) =>
        Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Call when every option has been asked for.</summary>
    public void Done()
    {
        if (_options.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"--{unknown} is no option here");
        }
    }
}
