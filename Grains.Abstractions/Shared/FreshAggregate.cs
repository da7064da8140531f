namespace Tms.Grains.Abstractions.Shared;

/// <summary>Says that an id was made for this very command, so that its grain need not look for what cannot be there.</summary>
/// <remarks>Only a hint: where it is wrong, the append finds a conflict, and the repeat of the command loads as usual.</remarks>
public static class FreshAggregate
{
    private const string Key = "tms.fresh";

    /// <summary>Names the new id for the calls of this flow.</summary>
    public static void Name(Guid id) => RequestContext.Set(Key, id);

    /// <summary>Takes the hint back.</summary>
    public static void Forget() => RequestContext.Remove(Key);

    /// <summary>Whether the caller named this id as new.</summary>
    public static bool IsNamed(Guid id) => RequestContext.Get(Key) is Guid named && named == id;
}
