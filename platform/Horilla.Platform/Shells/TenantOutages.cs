using System.Collections.Concurrent;

namespace Horilla.Platform.Shells;

/// <summary>The tenants that couldn't serve a request lately, because the tenant couldn't be opened or its database was unavailable. Thread-safe.</summary>
internal sealed class TenantOutages(TimeProvider time)
{
    /// <summary>How long a failure is remembered.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tenants = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Records that a tenant couldn't serve a request.</summary>
    public void Record(string tenant) => _tenants[tenant] = time.GetUtcNow();

    /// <summary>Whether a tenant couldn't serve a request within the last 15 minutes.</summary>
    public bool HasFailed(string tenant) => _tenants.TryGetValue(tenant, out var at) && time.GetUtcNow() - at < Period;
}
