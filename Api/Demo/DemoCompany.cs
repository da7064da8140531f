using System.Security.Cryptography;
using System.Text;
using Tms.Api.Http;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Demo;

/// <summary>The company of the demo data, and how its data is made once: every id derives from this store and a name.</summary>
/// <param name="Grains">Where the aggregates are.</param>
/// <param name="Epoch">The store's own id.</param>
/// <param name="Today">The date in Oslo.</param>
internal sealed record DemoCompany(IGrainFactory Grains, Guid Epoch, DateOnly Today)
{
    private static readonly DateTimeOffset Born = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The company's id.</summary>
    public Guid Id => IdOf("company");

    /// <summary>Who does everything: the HOVEDBRUKER.</summary>
    public Guid Lead => IdOf("users/hovedbruker");

    /// <summary>The id under a name: the same at every start on this store.</summary>
    public Guid IdOf(string name) =>
        DerivedIds.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{Epoch}/{name}")), Born.ToUnixTimeMilliseconds());

    /// <summary>The company's aggregate under a name.</summary>
    public TGrain Grain<TGrain>(string name)
        where TGrain : IGrainWithStringKey => Grains.GetGrain<TGrain>(GrainKey.For(Id, IdOf(name)));

    /// <summary>Sends a command once, whatever was sent since.</summary>
    /// <param name="grain">To whom.</param>
    /// <param name="step">Names the command among all of the demo data.</param>
    /// <param name="command">What is asked.</param>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task Do<TCommand, TView>(IAggregateGrain<TCommand, TView> grain, string step, TCommand command)
        where TView : class
    {
        CallerTenant.Set(Id);
        var outcome =
            await grain.Send(command, new CommandContext(IdOf($"commands/{step}"), Lead.ToString(), "demo") { MayHaveHappened = true });
        if (outcome.Kind != OutcomeKind.Done)
            throw new InvalidOperationException($"Demo data '{step}': {outcome.Kind} {outcome.Refusal?.Detail}");
    }

    /// <summary>Some Norwegian address.</summary>
    public static Address At(string street, string postalCode, string city) => new(street, postalCode, city);
}
