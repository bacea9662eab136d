using Horilla.Platform.Shells;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

internal sealed class AutoSetup(HostFeatures features, IShellHost shellHost, TenantSetup setup, ILogger<AutoSetup> logger) : IAutoSetup, IDisposable
{
    private const string Feature = "OrchardCore.AutoSetup";

    private readonly SemaphoreSlim _gate = new(1);

    public async Task<bool> EnsureAsync(string tenant, CancellationToken cancellationToken)
    {
        if (!features.Setup.Contains(Feature))
        {
            return false;
        }

        await _gate.WaitAsync(cancellationToken);

        try
        {
            if (!shellHost.TryGetSettings(tenant, out var settings) || !settings.IsUninitialized())
            {
                return false;
            }

            var options = settings.ShellConfiguration.GetSection(AutoSetupOptions.Section).Get<AutoSetupOptions>()?.Tenants
                .FirstOrDefault(candidate => string.Equals(candidate.ShellName, settings.Name, StringComparison.OrdinalIgnoreCase));

            if (options is null)
            {
                return false;
            }

            if (options.Missing().ToArray() is { Length: > 0 } missing)
            {
                logger.LogError("The tenant '{Tenant}' cannot set itself up: the configuration '{Section}' lacks {Missing}.", settings.Name, AutoSetupOptions.Section, string.Join(", ", missing));

                return true;
            }

            try
            {
                await setup.RunAsync(settings, options);
            }
            catch (Exception e)
            {
                logger.LogError(e, "The set-up of the tenant '{Tenant}' failed. It is tried again with the next request.", settings.Name);
            }

            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
