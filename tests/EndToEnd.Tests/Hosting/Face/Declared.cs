using System.Text.Json;

namespace Tms.EndToEnd.Tests.Hosting.Face;

/// <summary>What the document of a version says of answers: by address and method, by status, by media type.</summary>
internal sealed class Declared
{
    private readonly ILookup<(string Method, int Segments), Operation> _operations;

    /// <summary>Reads a document.</summary>
    public Declared(JsonElement document)
    {
        var shapes = new ShapeReader(document);
        _operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => new Operation(path.Name, operation, shapes)))
            .ToLookup(operation => (operation.Method, operation.Segments.Length));
    }

    /// <summary>What is said of an address, in the document's own spelling; null: the version does not have it.</summary>
    /// <param name="method">GET, POST, …</param>
    /// <param name="path">The path as it was asked for, with a version or without one.</param>
    public Operation? Find(string method, string path)
    {
        var segments = Segments(path);
        return _operations[(method == "HEAD" ? "GET" : method, segments.Length)].Where(operation => operation.Fits(segments))
            .MinBy(operation => operation.Parameters);
    }

    // Without /api and the version.
    private static string[] Segments(string path)
    {
        var all = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return all[(all.Length > 1 && all[1] is ['v' or 'V', >= '0' and <= '9', ..] ? 2 : 1)..];
    }

    /// <summary>One address and method.</summary>
    internal sealed class Operation(string path, JsonProperty said, ShapeReader shapes)
    {
        private readonly Dictionary<string, DeclaredAnswer> _answers = said.Value.GetProperty("responses").EnumerateObject()
            .ToDictionary(answer => answer.Name, answer => new DeclaredAnswer(answer.Value, shapes));

        public string Name { get; } = $"{said.Name.ToUpperInvariant()} {path}";

        public string Method { get; } = said.Name.ToUpperInvariant();

        public string[] Segments { get; } = Declared.Segments(path);

        public int Parameters => Segments.Count(segment => segment[0] == '{');

        /// <summary>What is said of a status; null: nothing.</summary>
        public DeclaredAnswer? Answer(int status) => _answers.GetValueOrDefault($"{status}");

        public bool Fits(string[] segments) => Segments.Zip(segments)
            .All(pair => pair.First[0] == '{' || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
