using Microsoft.Extensions.Logging;

namespace Horilla.Platform.Shells;

/// <summary>Adds the tenant to each log entry. Within a scope of the same tenant, it adds nothing.</summary>
internal sealed class TenantLogScope : IDisposable
{
    private static readonly AsyncLocal<string?> Current = new();

    private readonly string? _outer = Current.Value;
    private readonly IDisposable? _scope;

    private TenantLogScope(ILogger? logger, string tenant)
    {
        Current.Value = tenant;
        _scope = logger?.BeginScope("Tenant {Tenant}", tenant);
    }

    public static TenantLogScope? Begin(ILogger? logger, string tenant) => Current.Value == tenant ? null : new TenantLogScope(logger, tenant);

    public void Dispose()
    {
        Current.Value = _outer;
        _scope?.Dispose();
    }
}
