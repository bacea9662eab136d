using System.Globalization;
using Horilla.Platform.Recipes;
using Horilla.Platform.Shells;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace Horilla.Platform.Setup;

/// <summary>Makes a tenant from its options: the database, what the recipe says, the site and its administrator.</summary>
internal sealed class TenantSetup(IServiceProvider services, RecipeFiles recipes, TenantFolders folders, IClock clock, ILogger<TenantSetup> logger)
{
    public async Task RunAsync(ShellSettings settings, TenantSetupOptions options)
    {
        var shellHost = services.GetRequiredService<IShellHost>();
        var recipe = await recipes.FindAsync(options.RecipeName);

        if (!settings.IsInitializing() && File.Exists(folders.DatabaseFile(settings.Name)))
        {
            throw new InvalidOperationException($"The database '{folders.DatabaseFile(settings.Name)}' is there, but '{folders.TenantsFile}' does not know its tenant. Restore that file, or move the database away to begin anew.");
        }

        settings.State = TenantState.Initializing;
        settings["DatabaseProvider"] = options.DatabaseProvider;
        settings["ConnectionString"] = options.DatabaseConnectionString;
        settings["TablePrefix"] = options.DatabaseTablePrefix;
        settings["RecipeName"] = options.RecipeName;
        await services.GetRequiredService<IShellSettingsManager>().SaveSettingsAsync(settings);
        SetDatabaseAside(settings);

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

        try
        {
            await shellHost.UpdateShellSettingsAsync(settings);
        }
        catch
        {
            // What only memory knows, the next start does not.
            settings.State = TenantState.Initializing;

            throw;
        }

        logger.LogInformation("The tenant '{Tenant}' was set up by the recipe '{Recipe}'.", settings.Name, recipe.Name);
    }

    /// <summary>Makes room for a new database. What a set-up that was broken off has left is kept: nobody knows how far it came.</summary>
    private void SetDatabaseAside(ShellSettings settings)
    {
        var time = clock.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

        foreach (var (file, suffix) in DatabaseFiles(settings))
        {
            var aside = $"{folders.DatabaseFile(settings.Name)}.{time}{suffix}";
            File.Move(file, aside);
            logger.LogWarning("A set-up of the tenant '{Tenant}' was broken off. What it has left was moved to '{File}'.", settings.Name, aside);
        }
    }

    private void RemoveDatabase(ShellSettings settings)
    {
        foreach (var (file, _) in DatabaseFiles(settings))
        {
            File.Delete(file);
        }
    }

    private IEnumerable<(string File, string Suffix)> DatabaseFiles(ShellSettings settings)
    {
        SqliteConnection.ClearAllPools();

        return new[] { "", "-wal", "-shm" }.Select(suffix => (folders.DatabaseFile(settings.Name) + suffix, suffix)).Where(file => File.Exists(file.Item1));
    }
}
