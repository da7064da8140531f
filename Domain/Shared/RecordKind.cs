namespace Tms.Domain.Shared;

/// <summary>Whose record an aggregate is: what a personal export shows of it, and why an erasure leaves it.</summary>
public enum RecordKind
{
    /// <summary>Books of the company: bookkeeping law keeps them (bokføringsloven, section 13).</summary>
    Books,

    /// <summary>The company's own record, which names persons by their ids alone.</summary>
    Work,

    /// <summary>History of one person, whose id its stream has: exported whole, and sealed for ever by an erasure.</summary>
    Person,

    /// <summary>History of one person in the platform's log, under the person's id: exported apart.</summary>
    Login,
}
