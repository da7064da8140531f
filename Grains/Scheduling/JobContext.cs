using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Scheduling;

/// <summary>What a job does its work with. Calls made through <see cref="Grains"/> are made for the work's tenant.</summary>
/// <param name="Job">The job's name: the actor of its commands.</param>
/// <param name="Grains">Where the aggregates are.</param>
/// <param name="Now">When this run began, UTC.</param>
public sealed record JobContext(string Job, IGrainFactory Grains, DateTimeOffset Now)
{
    private const int GuidLength = 16;

    private readonly string _run = Guid.CreateVersion7(Now).ToString();

    /// <summary>Sends the command of an item to its aggregate.</summary>
    /// <exception cref="InvalidOperationException">It was not done; the message says what the aggregate answered.</exception>
    public async Task Send<TCommand, TView>(IAggregateGrain<TCommand, TView> grain, TCommand command, DueWork work)
        where TView : class
    {
        var outcome = await grain.Execute(command, For(work));
        if (outcome.Kind != OutcomeKind.Done) throw new InvalidOperationException($"{work.Id}: {outcome.Kind} {outcome.Refusal?.Code}");
    }

    /// <summary>
    /// The context of an item's command. Its id is the same whenever the same item is done, so that the store knows a second silo's
    /// attempt.
    /// </summary>
    public CommandContext For(DueWork work) => new(DerivedIds.Of(Hash(work), Milliseconds(work.Id)), Job, _run)
    {
        TraceParent = Activity.Current?.Id,
        Once = true,
    };

    // The name comes last: the parts before it have a fixed length, so that no two inputs give the same bytes.
    private byte[] Hash(DueWork work)
    {
        var input = new byte[GuidLength + GuidLength + sizeof(long) + Encoding.UTF8.GetByteCount(Job)];
        work.Tenant.TryWriteBytes(input, bigEndian: true, out _);
        work.Id.TryWriteBytes(input.AsSpan(GuidLength), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(input.AsSpan(2 * GuidLength), work.Occasion);
        Encoding.UTF8.GetBytes(Job, input.AsSpan((2 * GuidLength) + sizeof(long)));
        return SHA256.HashData(input);
    }

    private static long Milliseconds(Guid version7)
    {
        Span<byte> bytes = stackalloc byte[GuidLength];
        version7.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
    }
}
