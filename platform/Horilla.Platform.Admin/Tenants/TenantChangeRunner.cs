using Horilla.Platform.Setup;
using Horilla.Platform.Shells;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Changes one tenant at a time, and explains why the files of the host don't allow a change.</summary>
internal sealed class TenantChangeRunner(IShellHost shellHost, SetupMutex setupMutex, ILogger<TenantChangeRunner> logger, IStringLocalizer<TenantChangeRunner> S)
{
    /// <summary>Changes a tenant while no other change is running.</summary>
    /// <param name="tenant">Its name.</param>
    /// <param name="createFailure">Creates the result if the files of the host don't allow the change, for example because the disk is full.</param>
    /// <param name="change">The change. It sees the tenants as they are when its turn comes.</param>
    public async Task<T> RunAsync<T>(string tenant, Func<string, T> createFailure, Func<string, Task<T>> change)
    {
        try
        {
            using var mutex = await setupMutex.AcquireAsync();

            return await change(tenant);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TenantsFileException)
        {
            logger.LogError(e, "The tenant '{Tenant}' could not be changed.", tenant);

            return createFailure(S["Nothing was saved: {0} Ask an operator to check the host's disk and its tenants.json file, then try again.", e.Message]);
        }
        catch (TenantChangedException e)
        {
            return createFailure(e.Message);
        }
    }

    /// <summary>Saves the settings of a tenant, and gives it a new shell.</summary>
    public async Task SaveAsync(ShellSettings settings, string what)
    {
        await shellHost.UpdateShellSettingsAsync(settings);
        logger.LogInformation("The tenant '{Tenant}' was {What}.", settings.Name, what);
    }
}
