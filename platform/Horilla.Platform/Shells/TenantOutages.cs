using System.Collections.Concurrent;

namespace Horilla.Platform.Shells;

/// <summary>The tenants whose last request couldn't be served, because the tenant couldn't be opened or its database was unavailable. Thread-safe.</summary>
internal sealed class TenantOutages
{
    private readonly ConcurrentDictionary<string, bool> _tenants = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the tenants.</summary>
    public IEnumerable<string> Names => _tenants.Keys.Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Records that a request couldn't be served.</summary>
    public void Begin(string tenant) => _tenants[tenant] = true;

    /// <summary>Records that a request was served.</summary>
    public void End(string tenant)
    {
        if (!_tenants.IsEmpty)
        {
            _tenants.TryRemove(tenant, out _);
        }
    }
}
