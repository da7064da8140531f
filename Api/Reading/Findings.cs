using System.Globalization;
using System.Text;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>What the check of one document has found so far, and where it is.</summary>
internal sealed class Findings(bool ignoresReadOnly)
{
    private readonly List<(string? Name, int Index)> _path = new(8);

    /// <summary>Whether read-only names of the view are passed over (PUT).</summary>
    public bool IgnoresReadOnly { get; } = ignoresReadOnly;

    /// <summary>Values that are wrong or missing, as far as the document goes on to be checked.</summary>
    public List<WrongValue> Wrong { get; } = [];

    /// <summary>All faults so far.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>Byte offset and reason where the document is no proper JSON although its syntax holds (a name twice); null: none.</summary>
    public (long Offset, string Reason)? Malformed { get; private set; }

    public void Enter(string name) => _path.Add((name, 0));

    public void Enter(int index) => _path.Add((null, index));

    public void Leave() => _path.RemoveAt(_path.Count - 1);

    public void Add(string code, string message)
    {
        if (Faults.Count < Bounds.Faults) Faults.Add(new Fault(Pointer(), code, message));
    }

    /// <summary>Notes what is wrong with a whole list: it comes first, however many faults its items have.</summary>
    public void AddFirst(string code, string message) => Faults.Insert(0, new Fault(Pointer(), code, message));

    public void Add(string name, string code, string message)
    {
        Enter(name);
        Add(code, message);
        Leave();
    }

    /// <summary>Notes that the value here is not one of its shape.</summary>
    public void Spoil(Shape shape)
    {
        if (Wrong.Count < Bounds.Faults) Wrong.Add(new WrongValue([.. _path], shape));
    }

    /// <summary>Whether something is said already of the value at a pointer, of what holds it, or of what it holds.</summary>
    public bool Touch(string pointer) => Faults.Exists(fault => IsWithin(pointer, fault.Field) || IsWithin(fault.Field, pointer));

    /// <summary>Notes that a property has no place here.</summary>
    public void Drop(string name)
    {
        if (Wrong.Count < Bounds.Faults) Wrong.Add(new WrongValue([.. _path, (name, 0)], Shape: null));
    }

    public void Reject(long offset, string reason) => Malformed ??= (offset, reason);

    private static bool IsWithin(string pointer, string outer) =>
        pointer.StartsWith(outer, StringComparison.Ordinal) && (pointer.Length == outer.Length || pointer[outer.Length] == '/');

    private string Pointer()
    {
        if (_path.Count == 0) return "";
        var text = new StringBuilder();
        foreach (var (name, index) in _path)
        {
            text.Append('/');
            if (name is null) text.Append(CultureInfo.InvariantCulture, $"{index}");
            else text.Append(Http.Pointer.Escape(name));
        }

        return text.ToString();
    }
}
