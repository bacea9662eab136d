using Horilla.Platform.Shells;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

internal sealed class AutoSetup(HostFeatures features, TenantSetup setup, ILogger<AutoSetup> logger) : IAutoSetup, IDisposable
{
    private const string Feature = "OrchardCore.AutoSetup";

    private readonly SemaphoreSlim _gate = new(1);

    public async Task EnsureAsync(ShellSettings settings, CancellationToken cancellationToken)
    {
        if (!features.Setup.Contains(Feature))
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);

        try
        {
            if (!settings.IsUninitialized() && !settings.IsInitializing())
            {
                return;
            }

            var options = settings.ShellConfiguration.GetSection(AutoSetupOptions.Section).Get<AutoSetupOptions>()?.Tenants
                .FirstOrDefault(tenant => string.Equals(tenant.ShellName, settings.Name, StringComparison.OrdinalIgnoreCase));

            if (options is null)
            {
                return;
            }

            if (options.Missing().ToArray() is { Length: > 0 } missing)
            {
                logger.LogError("The tenant '{Tenant}' cannot set itself up: the configuration '{Section}' lacks {Missing}.", settings.Name, AutoSetupOptions.Section, string.Join(", ", missing));

                return;
            }

            try
            {
                await setup.RunAsync(settings, options);
            }
            catch (Exception e)
            {
                logger.LogError(e, "The set-up of the tenant '{Tenant}' failed. It is tried again with the next request.", settings.Name);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
