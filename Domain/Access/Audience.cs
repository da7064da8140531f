using Tms.Domain.Users;

namespace Tms.Domain.Access;

/// <summary>Those who may see an event, or reach a resource: any one of its grounds is enough.</summary>
/// <remarks>
/// "The person, or whoever manages users" is <c>Audience.Of(UsersManage).Or(Audience.Person(OwnProfile))</c>.
/// Events and actions declare one; <see cref="Sight"/> alone answers it.
/// </remarks>
public sealed class Audience
{
    private readonly Clause[] _clauses;
    private readonly Ground[]? _always;

    private Audience(Clause[] clauses)
    {
        _clauses = clauses;
        _always = Array.TrueForAll(clauses, static c => c.Reach == Reach.Company)
            ? [.. clauses.Select(static c => new Ground(c.Permission, c.Reach))]
            : null;
    }

    /// <summary>The permissions of all grounds.</summary>
    public IEnumerable<Permission> Permissions => _clauses.Select(static clause => clause.Permission);

    /// <summary>The grounds on which everything of this audience is seen, whoever it concerns.</summary>
    public IReadOnlyList<Ground> ForAll =>
        [.. _clauses.Where(static c => c.Reach == Reach.Company).Select(static c => new Ground(c.Permission, c.Reach))];

    /// <summary>Whether a subject is found only in the event itself.</summary>
    internal bool ReadsTheEvent => Array.Exists(_clauses, static clause => clause.Subject is not null);

    /// <summary>Everybody in the company with a permission.</summary>
    public static Audience Of(Permission permission) => new([new(permission, Reach.Company, null)]);

    /// <summary>The person whose id the stream has, given a permission for what is one's own.</summary>
    public static Audience Person(Permission own) => new([new(own, Reach.Person, null)]);

    /// <summary>The person whom an event names, given a permission for what is one's own.</summary>
    public static Audience Person<T>(Permission own, Func<T, Guid?> person)
        where T : class => new([new(own, Reach.Person, e => person((T)e))]);

    /// <summary>Members of the room whose id the stream has, given a permission.</summary>
    public static Audience Room(Permission permission) => new([new(permission, Reach.Room, null)]);

    /// <summary>Members of the room that an event names, given a permission.</summary>
    public static Audience Room<T>(Permission permission, Func<T, Guid?> room)
        where T : class => new([new(permission, Reach.Room, e => room((T)e))]);

    /// <summary>These and those of another audience.</summary>
    public Audience Or(Audience other) => new([.. _clauses, .. other._clauses]);

    /// <summary>A permission alone: everybody in the company who has it.</summary>
    public static implicit operator Audience(Permission permission) => Of(permission);

    /// <summary>The grounds for one stream, resource or event. A ground whose subject an event does not name is left out.</summary>
    /// <param name="subject">Id of the stream, or of the person whose resource it is.</param>
    /// <param name="e">The event; needed where a clause reads it.</param>
    public IReadOnlyList<Ground> For(Guid subject, object? e = null) => _always ?? [.. Grounds(subject, e)];

    /// <summary>In words, e.g. <c>OwnProfile of the person, or UsersManage</c>.</summary>
    public override string ToString() => string.Join(", or ", _clauses.Select(static c => c.Reach switch
    {
        Reach.Person => $"{c.Permission} of the person",
        Reach.Room => $"{c.Permission} in the room",
        _ => c.Permission.ToString(),
    }));

    private IEnumerable<Ground> Grounds(Guid subject, object? e)
    {
        foreach (var (permission, reach, named) in _clauses)
        {
            var id = named is null ? subject : named(e ?? throw new ArgumentNullException(nameof(e)));
            if (id is { } found) yield return new(permission, reach, reach == Reach.Company ? Guid.Empty : found);
        }
    }

    private sealed record Clause(Permission Permission, Reach Reach, Func<object, Guid?>? Subject);
}
