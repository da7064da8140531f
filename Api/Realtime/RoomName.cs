using Tms.Domain.Users;

namespace Tms.Api.Realtime;

/// <summary>Names of rooms, built only here (contract, section 7).</summary>
internal static class RoomName
{
    /// <summary>Announcements of the platform, for everybody.</summary>
    public const string Announcements = "public:announcements";

    /// <summary>The longest name that is looked at.</summary>
    public const int MaxLength = 200;

    /// <summary>One person's room.</summary>
    public static string User(Guid id) => $"user:{id}";

    /// <summary>A company's room: its domain events.</summary>
    public static string Company(Guid id) => $"company:{id}";

    /// <summary>The room of a role within the own company.</summary>
    public static string Role(Role role) => $"role:{role.ToWire()}";
}
