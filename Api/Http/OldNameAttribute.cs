namespace Tms.Api.Http;

/// <summary>The name that v2 has for a member of a v1 request record (contract, section 9).</summary>
/// <remarks>Said on the member, so that one word of v2 can have another old word in each record.</remarks>
/// <param name="name">Name on the wire; with slashes for a member that v2 has further down: <c>address/city</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OldNameAttribute(string name) : Attribute
{
    /// <summary>Name on the wire of v2.</summary>
    public string Name { get; } = name;
}
