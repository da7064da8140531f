namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>A company of one test, with the person who runs it.</summary>
internal sealed record Company(Guid Id, Guid LeadId, string Email, string RefreshToken, Client Lead)
{
    public const string Password = "en lang og god setning 7";
}
