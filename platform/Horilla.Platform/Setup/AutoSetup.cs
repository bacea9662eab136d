using System.Collections.Concurrent;
using Horilla.Platform.Shells;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

internal sealed class AutoSetup(HostFeatures features, IShellHost shellHost, TenantSetup setup, TimeProvider time, ILogger<AutoSetup> logger) : IAutoSetup
{
    private const string Feature = "OrchardCore.AutoSetup";

    /// <summary>A database that does not answer takes its time to say so: who comes soon after is not kept waiting for it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

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
            if (shellHost.TryGetSettings(tenant, out var settings) && settings.IsUninitialized() && time.GetElapsedTime(attempts.LastFailure) >= Pause && !await TryAsync(tenant, options))
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
            logger.LogError("The tenant '{Tenant}' cannot set itself up: the configuration '{Section}' lacks {Missing}.", tenant, AutoSetupOptions.Section, string.Join(", ", missing));

            return false;
        }

        try
        {
            await setup.RunAsync(tenant, options, _ => true);

            return true;
        }
        catch (Exception e)
        {
            logger.LogError(e, "The set-up of the tenant '{Tenant}' failed. It is tried again with a later request.", tenant);

            return false;
        }
    }

    private sealed class Attempts
    {
        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>A time stamp; long ago where none failed.</summary>
        public long LastFailure { get; set; } = long.MinValue / 4;
    }
}
