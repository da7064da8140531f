namespace Tms.Domain.Shared;

/// <summary>
/// Marks the member, a <see cref="Guid"/>, that holds the id of the person of whom its record tells: an event, or a record inside one.
/// </summary>
/// <remarks>
/// It is stored in plain: by it the key of what is sealed is found, and the event is found for an export or an erasure.
/// A record has one at most; several persons of one event have a record each.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AboutAttribute : Attribute;
