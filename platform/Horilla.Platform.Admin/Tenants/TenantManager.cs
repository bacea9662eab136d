using Horilla.Platform.Databases;
using Horilla.Platform.Recipes;
using Horilla.Platform.Setup;
using Horilla.Platform.Shells;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace Horilla.Platform.Admin.Tenants;

internal sealed class TenantManager(
    IShellHost shellHost,
    IShellSettingsManager settingsManager,
    TenantFormValidator validator,
    TenantDatabaseProviders databases,
    ConnectionStringProtector connectionStrings,
    TenantPaths folders,
    TenantSetup setup,
    SetupTokenProvider tokens,
    RecipeHarvester recipes,
    SetupMutex gate,
    ILogger<TenantManager> logger,
    IStringLocalizer<TenantManager> S) : ITenantManager
{
    private const string Description = "Description";
    private const string RecipeName = "RecipeName";

    public IReadOnlyList<ShellSettings> Search(string text)
        => [.. shellHost.GetAllSettings()
            .Where(settings => Texts(settings).Any(candidate => candidate?.Contains(text, StringComparison.OrdinalIgnoreCase) == true))
            .OrderByDescending(settings => settings.IsDefaultShell())
            .ThenBy(settings => settings.Name, StringComparer.OrdinalIgnoreCase)];

    public ShellSettings? Find(string? name) => name is not null && shellHost.TryGetSettings(name, out var settings) ? settings : null;

    public async Task<TenantForm> BuildFormAsync(ShellSettings? settings)
    {
        var form = new TenantForm
        {
            Name = settings?.Name,
            Description = settings?[Description],
            RequestUrlPrefix = settings?.RequestUrlPrefix,
            RequestUrlHost = settings?.RequestUrlHost,
            DatabaseProvider = settings?.GetDatabaseProvider(),
            TablePrefix = settings?[DatabaseSettings.TablePrefix],
            Schema = settings?[DatabaseSettings.Schema],
            RecipeName = (settings ?? Find(ShellSettings.DefaultShellName))?[RecipeName],
        };
        await PopulateOptionsAsync(form, settings);

        return form;
    }

    public async Task PopulateOptionsAsync(TenantForm form, ShellSettings? settings)
    {
        form.IsNew = settings is null;
        form.IsDefault = settings?.IsDefaultShell() == true;
        form.IsUninitialized = settings?.IsUninitialized() != false;
        form.HasConnectionString = settings?[DatabaseSettings.ConnectionString] is { Length: > 0 };
        form.Name = settings?.Name ?? form.Name;
        form.Recipes = [.. (await recipes.SetupRecipesAsync()).Select(recipe => (recipe.Name, recipe.DisplayName))];
        form.Providers = [.. databases.Providers];
    }

    public Task<IReadOnlyList<FieldError>> CreateAsync(TenantForm form) => ChangeAsync<IReadOnlyList<FieldError>>(form.Name?.Trim() ?? "", ToFieldErrors, async name =>
    {
        var settings = await settingsManager.LoadSettingsAsync(name);
        var errors = validator.CheckName(name).Concat(await ApplyAsync(form, settings)).ToArray();

        if (errors.Length == 0)
        {
            settings.State = TenantState.Uninitialized;
            SetupTokenProvider.RequireToken(settings);

            await SaveAsync(settings, "created");
        }

        return errors;
    });

    public Task<IReadOnlyList<FieldError>> EditAsync(ShellSettings settings, TenantForm form) => ChangeAsync<IReadOnlyList<FieldError>>(settings.Name, ToFieldErrors, async name =>
    {
        // The tenant may have been disabled, set up or removed in the meantime.
        if (Find(name) is not { } current || setup.IsRunning(current))
        {
            return ToFieldErrors(S["The tenant was removed in the meantime, or is being set up. Check the list of tenants, then try again."]);
        }

        var changed = new ShellSettings(current);
        var errors = (await ApplyAsync(form, changed)).ToArray();

        if (errors.Length == 0)
        {
            await SaveAsync(changed, "changed");
        }

        return errors;
    });

    public Task<string?> EnableAsync(ShellSettings settings) => ChangeAsync<string?>(settings.Name, ToError, async name =>
    {
        if (Find(name) is not { } current || !current.IsDisabled())
        {
            return S["The tenant {0} isn't disabled.", name];
        }

        await SaveAsync(new ShellSettings(current) { State = TenantState.Running }, "enabled");

        return null;
    });

    public Task<string?> DisableAsync(ShellSettings settings) => ChangeAsync<string?>(settings.Name, ToError, async name =>
    {
        if (Find(name) is not { } current || current.IsDefaultShell() || !current.IsRunning())
        {
            return S["The tenant {0} can't be disabled because it is the default tenant or isn't running.", name];
        }

        await SaveAsync(new ShellSettings(current) { State = TenantState.Disabled }, "disabled");

        return null;
    });

    public Task<string?> ReloadAsync(ShellSettings settings) => ChangeAsync<string?>(settings.Name, ToError, async name =>
    {
        if (Find(name) is not { } current || !current.IsRunning())
        {
            return S["The tenant {0} isn't running.", name];
        }

        await shellHost.ReloadShellContextAsync(current);

        return null;
    });

    public bool IsRemovable(ShellSettings settings)
        => !settings.IsDefaultShell() && (settings.IsDisabled() || settings.IsUninitialized()) && !setup.IsRunning(settings);

    public Task<string?> RemoveAsync(ShellSettings stale) => ChangeAsync<string?>(stale.Name, ToError, async name =>
    {
        if (Find(name) is not { } settings)
        {
            return S["The tenant has already been removed."];
        }

        if (!IsRemovable(settings))
        {
            return S["The tenant is running or being set up. Disable it first."];
        }

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
    });

    public string CreateSetupToken(ShellSettings settings) => tokens.Create(settings);

    private IEnumerable<string?> Texts(ShellSettings settings)
        => [settings.Name, settings[Description], settings.RequestUrlHost, "/" + settings.RequestUrlPrefix, StateOf(settings)];

    /// <summary>The state as the list shows it.</summary>
    private string StateOf(ShellSettings settings) => settings.State switch
    {
        TenantState.Running => S["Running"],
        TenantState.Disabled => S["Disabled"],
        TenantState.Initializing => S["Being set up"],
        _ => S["Not set up"],
    };

    private static IReadOnlyList<FieldError> ToFieldErrors(string problem) => [new FieldError("", problem)];

    private static string? ToError(string problem) => problem;

    /// <summary>Changes a tenant while no other change is running.</summary>
    /// <param name="tenant">Its name.</param>
    /// <param name="createFailure">Creates the result if the files of the host don't allow the change, for example because the disk is full.</param>
    /// <param name="change">The change. It sees the tenants as they are when its turn comes.</param>
    private async Task<T> ChangeAsync<T>(string tenant, Func<string, T> createFailure, Func<string, Task<T>> change)
    {
        try
        {
            using var mutex = await gate.AcquireAsync();

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

    private async Task SaveAsync(ShellSettings settings, string what)
    {
        await shellHost.UpdateShellSettingsAsync(settings);
        logger.LogInformation("The tenant '{Tenant}' was {What}.", settings.Name, what);
    }

    /// <summary>Writes the values of the form to the settings.</summary>
    /// <returns>The errors in the form.</returns>
    private async Task<IEnumerable<FieldError>> ApplyAsync(TenantForm form, ShellSettings settings)
    {
        settings[Description] = form.Description?.Trim();
        var errors = validator.ApplyAddress(form, settings).ToList();

        if (settings.IsUninitialized() && !settings.IsDefaultShell())
        {
            errors.AddRange(await ApplyDatabaseAsync(form, settings));
        }

        return errors;
    }

    private async Task<IEnumerable<FieldError>> ApplyDatabaseAsync(TenantForm form, ShellSettings settings)
    {
        settings[RecipeName] = form.RecipeName;
        settings[DatabaseSettings.Provider] = form.DatabaseProvider;
        settings[DatabaseSettings.TablePrefix] = form.TablePrefix?.Trim();
        settings[DatabaseSettings.Schema] = form.Schema?.Trim();

        if (!string.IsNullOrWhiteSpace(form.ConnectionString))
        {
            connectionStrings.Protect(settings, form.ConnectionString);
        }

        return validator.CheckRecipe(settings[RecipeName], await recipes.SetupRecipesAsync()).Concat(validator.CheckDatabase(settings));
    }
}
