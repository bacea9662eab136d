using Horilla.Platform.Recipes;
using Horilla.Platform.Shells;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Settings;

namespace Horilla.Platform.Setup;

/// <summary>Makes a tenant from its options: the database, what the recipe says, the site and its administrator.</summary>
internal sealed class TenantSetup(IServiceProvider services, RecipeFiles recipes, TenantFolders folders, ILogger<TenantSetup> logger)
{
    public async Task RunAsync(ShellSettings settings, TenantSetupOptions options)
    {
        var shellHost = services.GetRequiredService<IShellHost>();
        var recipe = await recipes.FindAsync(options.RecipeName);

        if (settings.IsInitializing())
        {
            // A set-up that was broken off has left it, and it was never in use.
            RemoveDatabase(settings);
        }
        else if (File.Exists(folders.DatabaseFile(settings.Name)))
        {
            throw new InvalidOperationException($"The database '{folders.DatabaseFile(settings.Name)}' is there, but '{folders.TenantsFile}' does not know its tenant. Restore that file, or move the database away to begin anew.");
        }

        settings.State = TenantState.Initializing;
        settings["DatabaseProvider"] = options.DatabaseProvider;
        settings["ConnectionString"] = options.DatabaseConnectionString;
        settings["TablePrefix"] = options.DatabaseTablePrefix;
        settings["RecipeName"] = options.RecipeName;
        await services.GetRequiredService<IShellSettingsManager>().SaveSettingsAsync(settings);

        try
        {
            await RecipeRunner.RunAsync(recipe, shellHost, settings);
            var scope = await shellHost.GetScopeAsync(settings);
            await scope.UsingAsync(async current =>
            {
                var siteService = current.ServiceProvider.GetRequiredService<ISiteService>();
                var site = await siteService.LoadSiteSettingsAsync();
                site.SiteName = options.SiteName;
                site.TimeZoneId = options.SiteTimeZone ?? site.TimeZoneId;
                await siteService.UpdateSiteSettingsAsync(site);

                foreach (var handler in current.ServiceProvider.GetServices<ITenantSetupHandler>())
                {
                    await handler.SetupAsync(options);
                }
            });
        }
        catch
        {
            await shellHost.ReleaseShellContextAsync(settings);
            RemoveDatabase(settings);

            throw;
        }

        settings.State = TenantState.Running;
        await shellHost.UpdateShellSettingsAsync(settings);
        logger.LogInformation("The tenant '{Tenant}' was set up by the recipe '{Recipe}'.", settings.Name, recipe.Name);
    }

    private void RemoveDatabase(ShellSettings settings)
    {
        SqliteConnection.ClearAllPools();

        foreach (var file in new[] { "", "-wal", "-shm" }.Select(suffix => folders.DatabaseFile(settings.Name) + suffix).Where(File.Exists))
        {
            File.Delete(file);
        }
    }
}
