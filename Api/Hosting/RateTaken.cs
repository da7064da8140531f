namespace Tms.Api.Hosting;

/// <summary>What became of a request that was counted.</summary>
/// <param name="Limit">How many there may be in the window.</param>
/// <param name="Left">How many more there may be on all nodes, as far as is known; negative: this one was too many.</param>
/// <param name="ResetsAt">The Unix second at which the window ends.</param>
internal readonly record struct RateTaken(int Limit, int Left, long ResetsAt)
{
    /// <summary>Where it was taken; null: nowhere that takes it back.</summary>
    public CallerPermits? Permits { get; init; }

    /// <summary>Where it was taken a second time, for the network around; null: nowhere.</summary>
    public CallerPermits? Around { get; init; }

    /// <summary>Where it was taken a third time, for the site around that; null: nowhere.</summary>
    public CallerPermits? Site { get; init; }

    /// <summary>Whether the request was one too many.</summary>
    public bool IsTooMany => Left < 0;

    /// <summary>Gives the request back, as if it had not been made.</summary>
    public void GiveBack()
    {
        if (IsTooMany) return;
        Permits?.GiveBack();
        Around?.GiveBack();
        Site?.GiveBack();
    }
}
