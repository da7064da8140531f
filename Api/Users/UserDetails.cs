using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>A user with what it did lately.</summary>
public sealed record UserDetails : UserView
{
    [SetsRequiredMembers]
    internal UserDetails(UserView user)
        : base(user)
    {
    }

    /// <summary>The latest quizzes. Nobody takes any yet: the list is empty until that module records them.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<JsonElement> RecentQuizzes { get; init; } = [];

    /// <summary>The latest safety checks; empty for the same reason.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<JsonElement> RecentChecks { get; init; } = [];
}

/// <summary>Who somebody is, as shown to that person.</summary>
public sealed record ProfileView : UserView
{
    [SetsRequiredMembers]
    internal ProfileView(UserView user)
        : base(user)
    {
    }

    /// <summary>What the person has completed.</summary>
    [JsonPropertyOrder(1)]
    public UserStatistics Statistics { get; init; } = UserStatistics.None;
}

/// <summary>What a user has completed.</summary>
/// <param name="CompletedQuizzes">Quizzes.</param>
/// <param name="CompletedControls">Safety checks.</param>
public sealed record UserStatistics(int CompletedQuizzes, int CompletedControls)
{
    /// <summary>Of whoever has completed nothing. No module counts quizzes and checks yet, so that this is what everybody has.</summary>
    public static readonly UserStatistics None = new(0, 0);
}
