using System.Collections.Concurrent;
using Horilla.Platform.Shells;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

internal sealed class AutoSetup(HostFeatures features, IShellHost shellHost, TenantSetup setup, TimeProvider time, ILogger<AutoSetup> logger) : IAutoSetup
{
    private const string Feature = "OrchardCore.AutoSetup";

    /// <summary>An unreachable database can take a long time to fail. Requests within this time after a failure don't wait for another attempt.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Attempts> _attempts = new(StringComparer.OrdinalIgnoreCase);

    public async Task<bool> EnsureAsync(string tenant, CancellationToken cancellationToken)
    {
        if (!features.Setup.Contains(Feature) || Find(tenant) is not { } options)
        {
            return false;
        }

        var attempts = _attempts.GetOrAdd(tenant, _ => new Attempts());
        await attempts.Gate.WaitAsync(cancellationToken);

        try
        {
            if (shellHost.TryGetSettings(tenant, out var settings) && settings.IsUninitialized() && time.GetElapsedTime(attempts.LastFailure) >= RetryDelay && !await TryAsync(tenant, options))
            {
                attempts.LastFailure = time.GetTimestamp();
            }

            return true;
        }
        finally
        {
            attempts.Gate.Release();
        }
    }

    private TenantSetupOptions? Find(string tenant)
        => shellHost.TryGetSettings(tenant, out var settings)
            ? settings.ShellConfiguration.GetSection(AutoSetupOptions.Section).Get<AutoSetupOptions>()?.Tenants
                .FirstOrDefault(candidate => string.Equals(candidate.ShellName, tenant, StringComparison.OrdinalIgnoreCase))
            : null;

    private async Task<bool> TryAsync(string tenant, TenantSetupOptions options)
    {
        if (options.Missing().ToArray() is { Length: > 0 } missing)
        {
            logger.LogError("The tenant '{Tenant}' can't be set up automatically. The configuration section '{Section}' lacks {Missing}.", tenant, AutoSetupOptions.Section, string.Join(", ", missing));

            return false;
        }

        try
        {
            await setup.RunAsync(tenant, options, _ => true);

            return true;
        }
        catch (Exception e)
        {
            logger.LogError(e, "The setup of the tenant '{Tenant}' failed. A later request tries again.", tenant);

            return false;
        }
    }

    private sealed class Attempts
    {
        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>The timestamp of the last failure; far in the past if there is none.</summary>
        public long LastFailure { get; set; } = long.MinValue / 4;
    }
}
