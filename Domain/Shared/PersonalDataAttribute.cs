namespace Tms.Domain.Shared;

/// <summary>Marks a member of an event that tells of one person and can be erased with that person's key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute;
