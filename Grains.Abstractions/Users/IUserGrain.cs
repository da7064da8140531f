using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Users;

/// <summary>One user.</summary>
[Alias("tms.users")]
public interface IUserGrain : IAggregateGrain<UserCommand, UserView>;
