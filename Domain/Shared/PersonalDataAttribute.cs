namespace Tms.Domain.Shared;

/// <summary>Marks a member of an event, at any depth, that tells of a person: sealed with that person's key, and erased with it.</summary>
/// <remarks>
/// The person is the nearest one that an <see cref="AboutAttribute"/> names: in the same record, else in the record around it.
/// Where none does, it is the person whose id the event's stream has. A marked record is sealed as a whole.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute;
