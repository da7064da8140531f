namespace Tms.Api.Realtime;

/// <summary>Something that a hub method asks of the connection's pump, which alone owns cursor and rooms.</summary>
internal abstract record LiveRequest
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the pump has done it, or the connection has ended.</summary>
    public Task Done => _done.Task;

    /// <summary>Says that it is done.</summary>
    public void Complete() => _done.TrySetResult();

    /// <summary>Join rooms; with a point, be served again from there.</summary>
    public sealed record Join(string[] Rooms, ResumePoint Resume) : LiveRequest;

    /// <summary>Leave rooms.</summary>
    public sealed record Leave(string[] Rooms) : LiveRequest;

    /// <summary>Go on as the caller of a newer token.</summary>
    public sealed record Renew(LiveCaller Caller) : LiveRequest;

    /// <summary>Tell the client what was wrong.</summary>
    public sealed record Fault(ErrorMessage Error) : LiveRequest;
}
