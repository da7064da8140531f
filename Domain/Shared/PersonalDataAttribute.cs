namespace Tms.Domain.Shared;

/// <summary>Marks a member of an event that tells of the person whose id the event's stream has: sealed with that person's key, and erased with it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute;
