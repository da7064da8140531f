namespace Tms.Domain.Shared;

/// <summary>Tells that the log has an event which only a newer release can read.</summary>
/// <remarks>An upgrade is under way that left a release out, or it was taken back half-way.</remarks>
/// <param name="type">Stable name of the event's type.</param>
/// <param name="schemaVersion">Schema version of the event.</param>
/// <param name="reads">Newest version of the type that this program reads; 0: none.</param>
public sealed class NewerEventException(string type, int schemaVersion, int reads)
    : Exception($"{type} of schema version {schemaVersion} cannot be read: this program knows up to {reads}. Finish the upgrade.");
