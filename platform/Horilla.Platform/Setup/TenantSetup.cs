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

/// <summary>Makes a tenant from its options: the database, what the recipe says, the site and its administrator. Thread-safe.</summary>
internal sealed class TenantSetup(
    IShellHost shellHost,
    IShellSettingsManager settingsManager,
    TenantGate gate,
    RecipeFiles recipes,
    TenantDatabases databases,
    ConnectionStrings connectionStrings,
    TenantFolders folders,
    TimeProvider time,
    ILogger<TenantSetup> logger)
{
    /// <summary>The setting of a tenant whose set-up did not come to an end, one way or the other.</summary>
    public const string BrokenOff = "SetupBrokenOff";

    private readonly ConcurrentDictionary<string, FileLock> _running = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the lock that a host holds while it sets a tenant up.</summary>
    public static string LockOf(string tenant) => $"setup-{tenant.ToLowerInvariant()}";

    /// <summary>Whether the tenant is being set up now, by this host or another one.</summary>
    public bool IsRunning(ShellSettings settings) => _running.ContainsKey(settings.Name) || settings.IsInitializing();

    /// <param name="tenant">The name of the tenant.</param>
    /// <param name="options">What it is set up with.</param>
    /// <param name="allows">Whether the caller may do it, of the tenant as it is now: whoever asks may have looked at it long before.</param>
    /// <exception cref="TenantSetupException">It cannot be done; nothing half made is left.</exception>
    public async Task RunAsync(string tenant, TenantSetupOptions options, Func<ShellSettings, bool> allows)
    {
        ShellSettings before;

        try
        {
            before = await BeginAsync(tenant, allows);
        }
        catch (Exception e)
        {
            throw Explain(e);
        }

        try
        {
            await RunAsync(before, options);
        }
        catch (Exception e)
        {
            throw Explain(e);
        }
        finally
        {
            if (_running.TryRemove(tenant, out var held))
            {
                held.Dispose();
            }
        }
    }

    /// <summary>From here on the tenant is being set up, and nobody else changes it.</summary>
    private async Task<ShellSettings> BeginAsync(string tenant, Func<ShellSettings, bool> allows)
    {
        using var turn = await gate.EnterAsync();

        if (!shellHost.TryGetSettings(tenant, out var settings) || !settings.IsUninitialized() || !allows(settings))
        {
            throw new TenantSetupException("This site is set up already, or the link to set it up does not hold any more.");
        }

        _running[tenant] = await FileLock.TryAcquireAsync(folders.LockFile(LockOf(tenant)), TimeSpan.Zero, time) ?? throw new TenantSetupException("This site is being set up already. Wait a moment, then open it.");

        return settings;
    }

    private async Task RunAsync(ShellSettings before, TenantSetupOptions options)
    {
        var recipe = await recipes.FindAsync(options.RecipeName);

        if (!recipe.IsSetupRecipe)
        {
            throw new TenantSetupException($"The recipe '{recipe.Name}' is none for a set-up.", "RecipeName");
        }

        // The database carries the id, which a tenant gets when it is first saved.
        await settingsManager.SaveSettingsAsync(before);
        var settings = new ShellSettings(before) { State = TenantState.Initializing };
        Apply(options, settings);

        foreach (var (key, problem) in databases.Check(settings))
        {
            throw new TenantSetupException(problem, key);
        }

        var database = databases.Of(settings);
        await database.PrepareAsync(settings, before[BrokenOff] is not null);

        try
        {
            settings[BrokenOff] = null;
            await shellHost.UpdateShellSettingsAsync(settings);
            await FillAsync(settings, options, recipe);
        }
        catch
        {
            await UndoAsync(database, settings, before);

            throw;
        }

        try
        {
            await shellHost.UpdateShellSettingsAsync(new ShellSettings(settings) { State = TenantState.Running, ["Secret"] = null });
        }
        catch
        {
            // What only memory knows, the next start does not: the tenant is not set up.
            settings[BrokenOff] = bool.TrueString;
            settings.State = TenantState.Uninitialized;
            await shellHost.ReleaseShellContextAsync(settings);

            throw;
        }

        logger.LogInformation("The tenant '{Tenant}' was set up by the recipe '{Recipe}'.", settings.Name, recipe.Name);
    }

    private void Apply(TenantSetupOptions options, ShellSettings settings)
    {
        settings["RecipeName"] = options.RecipeName;

        if (options.DatabaseProvider.Length > 0)
        {
            settings[DatabaseSettings.Provider] = options.DatabaseProvider;

            // Else it is the one of the configuration.
            if (!string.IsNullOrWhiteSpace(options.DatabaseConnectionString))
            {
                connectionStrings.Store(settings, options.DatabaseConnectionString);
            }

            settings[DatabaseSettings.TablePrefix] = options.DatabaseTablePrefix;
            settings[DatabaseSettings.Schema] = options.DatabaseSchema;
        }
    }

    private async Task FillAsync(ShellSettings settings, TenantSetupOptions options, Recipe recipe)
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

    private async Task UndoAsync(TenantDatabase database, ShellSettings settings, ShellSettings before)
    {
        await shellHost.ReleaseShellContextAsync(settings);

        try
        {
            await database.RemoveAsync(settings);
        }
        catch (Exception e)
        {
            // Whatever is left there is put aside when the set-up is tried again.
            logger.LogError(e, "What the set-up of the tenant '{Tenant}' has left in its database cannot be removed.", settings.Name);
            before = new ShellSettings(before) { [BrokenOff] = bool.TrueString };
        }

        await shellHost.UpdateShellSettingsAsync(new ShellSettings(before) { StoredVersionId = settings.StoredVersionId });
    }

    private static TenantSetupException Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case TenantSetupException known:
                    return known;
                case DbException database:
                    return new TenantSetupException($"The database refused a step of the set-up: {PostgresTenantDatabase.Reason(database)}", DatabaseSettings.ConnectionString, exception);
            }
        }

        return new TenantSetupException($"The set-up failed: {exception.Message}", null, exception);
    }
}
