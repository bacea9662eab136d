using System.Collections.Concurrent;
using System.Data.Common;
using Horilla.Platform.Databases;
using Horilla.Platform.Locking;
using Horilla.Platform.Recipes;
using Horilla.Platform.Shells;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Settings;

namespace Horilla.Platform.Setup;

/// <summary>Sets up a tenant from its options: the database, the recipe, the site and its administrator. Thread-safe.</summary>
internal sealed class TenantSetup(
    IShellHost shellHost,
    IShellSettingsManager settingsManager,
    SetupMutex gate,
    RecipeHarvester recipes,
    TenantDatabaseProviders databases,
    ConnectionStringProtector connectionStrings,
    TenantPaths folders,
    TimeProvider time,
    ILogger<TenantSetup> logger)
{
    /// <summary>The setting that marks a tenant whose setup was interrupted.</summary>
    public const string SetupInterrupted = "SetupBrokenOff";

    private readonly ConcurrentDictionary<string, FileLock> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the name of the lock that a host holds while it sets up a tenant.</summary>
    public static string GetLockName(string tenant) => $"setup-{tenant.ToLowerInvariant()}";

    /// <summary>Whether the tenant is being set up now, by this host or another one.</summary>
    public bool IsRunning(ShellSettings settings) => _running.ContainsKey(settings.Name) || settings.IsInitializing();

    /// <summary>Sets up a tenant.</summary>
    /// <param name="tenant">The name of the tenant.</param>
    /// <param name="options">The options to set it up with.</param>
    /// <param name="isAllowed">Whether the caller is allowed to set up the tenant in its current state, which can have changed since the caller checked it.</param>
    /// <exception cref="TenantSetupException">The tenant can't be set up. Nothing incomplete is left.</exception>
    public async Task RunAsync(string tenant, TenantSetupOptions options, Func<ShellSettings, bool> isAllowed)
    {
        ShellSettings before;

        try
        {
            before = await BeginAsync(tenant, isAllowed);
        }
        catch (Exception e)
        {
            throw ToSetupException(e);
        }

        try
        {
            await RunAsync(before, options);
        }
        catch (Exception e)
        {
            throw ToSetupException(e);
        }
        finally
        {
            if (_running.TryRemove(tenant, out var held))
            {
                held.Dispose();
            }
        }
    }

    /// <summary>Starts the setup. From here on, nobody else changes the tenant.</summary>
    private async Task<ShellSettings> BeginAsync(string tenant, Func<ShellSettings, bool> isAllowed)
    {
        using var turn = await gate.AcquireAsync();

        if (!shellHost.TryGetSettings(tenant, out var settings) || !settings.IsUninitialized() || !isAllowed(settings))
        {
            throw new TenantSetupException("This site is already set up, or the setup link is no longer valid.");
        }

        _running[tenant] = await FileLock.TryAcquireAsync(folders.LockFile(GetLockName(tenant)), TimeSpan.Zero, time) ?? throw new TenantSetupException("This site is already being set up. Wait a moment, then open it.");

        return settings;
    }

    private async Task RunAsync(ShellSettings before, TenantSetupOptions options)
    {
        var recipe = await recipes.FindAsync(options.RecipeName);

        if (!recipe.IsSetupRecipe)
        {
            throw new TenantSetupException($"The recipe '{recipe.Name}' isn't a setup recipe.", "RecipeName");
        }

        // The database stores the tenant id, which is generated when the tenant is first saved.
        await settingsManager.SaveSettingsAsync(before);
        var settings = new ShellSettings(before) { State = TenantState.Initializing };
        Apply(options, settings);

        foreach (var (key, problem) in databases.Validate(settings))
        {
            throw new TenantSetupException(problem, key);
        }

        var database = databases.GetProvider(settings);
        await database.PrepareAsync(settings, before[SetupInterrupted] is not null);

        try
        {
            settings[SetupInterrupted] = null;
            await shellHost.UpdateShellSettingsAsync(settings);
            await RunRecipeAsync(settings, options, recipe);
        }
        catch
        {
            await RollBackAsync(database, settings, before);

            throw;
        }

        try
        {
            await shellHost.UpdateShellSettingsAsync(new ShellSettings(settings) { State = TenantState.Running, ["Secret"] = null });
        }
        catch
        {
            // The new state is only in memory and would be lost at the next start, so the tenant counts as not set up.
            settings[SetupInterrupted] = bool.TrueString;
            settings.State = TenantState.Uninitialized;
            await shellHost.ReleaseShellContextAsync(settings);

            throw;
        }

        logger.LogInformation("The tenant '{Tenant}' was set up with the recipe '{Recipe}'.", settings.Name, recipe.Name);
    }

    private void Apply(TenantSetupOptions options, ShellSettings settings)
    {
        settings["RecipeName"] = options.RecipeName;

        if (options.DatabaseProvider.Length > 0)
        {
            settings[DatabaseSettings.Provider] = options.DatabaseProvider;

            // Otherwise, the connection string of the configuration applies.
            if (!string.IsNullOrWhiteSpace(options.DatabaseConnectionString))
            {
                connectionStrings.Protect(settings, options.DatabaseConnectionString);
            }

            settings[DatabaseSettings.TablePrefix] = options.DatabaseTablePrefix;
            settings[DatabaseSettings.Schema] = options.DatabaseSchema;
        }
    }

    private async Task RunRecipeAsync(ShellSettings settings, TenantSetupOptions options, RecipeDescriptor recipe)
    {
        await RecipeExecutor.RunAsync(recipe, shellHost, settings);
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

    private async Task RollBackAsync(TenantDatabaseProvider database, ShellSettings settings, ShellSettings before)
    {
        await shellHost.ReleaseShellContextAsync(settings);

        try
        {
            await database.RemoveAsync(settings);
        }
        catch (Exception e)
        {
            // The remains are set aside at the next setup.
            logger.LogError(e, "The data that the failed setup of the tenant '{Tenant}' left in its database can't be removed.", settings.Name);
            before = new ShellSettings(before) { [SetupInterrupted] = bool.TrueString };
        }

        await shellHost.UpdateShellSettingsAsync(new ShellSettings(before) { StoredVersionId = settings.StoredVersionId });
    }

    private static TenantSetupException ToSetupException(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case TenantSetupException known:
                    return known;
                case DbException database:
                    return new TenantSetupException($"The database rejected a step of the setup: {PostgresTenantDatabaseProvider.GetErrorMessage(database)}", DatabaseSettings.ConnectionString, exception);
            }
        }

        return new TenantSetupException($"The setup failed: {exception.Message}", null, exception);
    }
}
