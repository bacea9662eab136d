using Horilla.Platform.Databases;
using Horilla.Platform.Setup;
using Horilla.Platform.Shells;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Removes a tenant with all its data.</summary>
internal sealed class TenantRemover(IShellHost shellHost, TenantDatabaseProviders databases, TenantPaths folders, ILogger<TenantRemover> logger, IStringLocalizer<TenantRemover> S)
{
    /// <summary>Removes a tenant that doesn't run.</summary>
    /// <returns>The reason why it couldn't be removed, or null if it was.</returns>
    public async Task<string?> RemoveAsync(ShellSettings settings)
    {
        try
        {
            await shellHost.ReleaseShellContextAsync(settings);

            // A tenant that was never set up has nothing in its database, unless its setup was interrupted.
            if (settings.IsDisabled() || settings[TenantSetup.SetupInterrupted] is not null)
            {
                await databases.GetProvider(settings).RemoveAsync(settings);
            }

            if (Directory.Exists(folders.Folder(settings.Name)))
            {
                Directory.Delete(folders.Folder(settings.Name), recursive: true);
            }

            await shellHost.RemoveShellSettingsAsync(settings);
        }
        catch (Exception e)
        {
            // The settings are kept as long as there is data, so that the removal can be tried again.
            logger.LogError(e, "The tenant '{Tenant}' could not be removed.", settings.Name);

            return S["The tenant couldn't be removed completely: {0} Fix this, then try again. If the database is permanently gone, stop the host and delete the tenant from tenants.json.", e.Message];
        }

        logger.LogInformation("The tenant '{Tenant}' was removed with its data.", settings.Name);

        return null;
    }
}
