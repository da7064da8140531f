namespace Tms.Grains.Abstractions.Shared;

/// <summary>The company (or the platform) that a grain call is made for; flows with every call that follows from it.</summary>
public static class CallerTenant
{
    /// <summary>Key on Orleans' request context. The value is the tenant's id as text in the "D" format.</summary>
    public const string Key = "tms.tenant";

    /// <summary>Says whom the calls of this flow are made for.</summary>
    public static void Set(Guid tenant) => RequestContext.Set(Key, tenant.ToString());

    /// <summary>Whom the calls of this flow are made for; null when nobody said.</summary>
    public static Guid? Get() => RequestContext.Get(Key) is string text && Guid.TryParseExact(text, "D", out var tenant) ? tenant : null;

    /// <summary>Makes the calls until the end of the scope for a tenant: for timers, reminders and reactors, which nobody called.</summary>
    public static Scope ActingFor(Guid tenant)
    {
        var before = RequestContext.Get(Key);
        Set(tenant);
        return new Scope(before);
    }

    /// <summary>Ends what <see cref="ActingFor"/> began.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly object? _before;

        internal Scope(object? before) => _before = before;

        /// <summary>Restores the tenant of before, or none.</summary>
        public void Dispose()
        {
            if (_before is null)
            {
                RequestContext.Remove(Key);
                return;
            }

            RequestContext.Set(Key, _before);
        }
    }
}
