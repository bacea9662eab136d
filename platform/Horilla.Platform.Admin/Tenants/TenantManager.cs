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
    TenantDatabases databases,
    ConnectionStrings connectionStrings,
    TenantFolders folders,
    TenantSetup setup,
    SetupTokens tokens,
    RecipeFiles recipes,
    TenantGate gate,
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

    public async Task<TenantForm> ReadAsync(ShellSettings? settings)
    {
        var form = new TenantForm
        {
            Name = settings?.Name,
            Description = settings?[Description],
            RequestUrlPrefix = settings?.RequestUrlPrefix,
            RequestUrlHost = settings?.RequestUrlHost,
            DatabaseProvider = settings?.DatabaseProvider(),
            TablePrefix = settings?[DatabaseSettings.TablePrefix],
            Schema = settings?[DatabaseSettings.Schema],
            RecipeName = (settings ?? Find(ShellSettings.DefaultShellName))?[RecipeName],
        };
        await CompleteAsync(form, settings);

        return form;
    }

    public async Task CompleteAsync(TenantForm form, ShellSettings? settings)
    {
        form.IsNew = settings is null;
        form.IsDefault = settings?.IsDefaultShell() == true;
        form.IsUninitialized = settings?.IsUninitialized() != false;
        form.HasConnectionString = settings?[DatabaseSettings.ConnectionString] is { Length: > 0 };
        form.Name = settings?.Name ?? form.Name;
        form.Recipes = [.. (await recipes.SetupRecipesAsync()).Select(recipe => (recipe.Name, recipe.DisplayName))];
        form.Providers = [.. databases.Providers];
    }

    public Task<IReadOnlyList<FieldError>> CreateAsync(TenantForm form) => ChangeAsync<IReadOnlyList<FieldError>>(form.Name?.Trim() ?? "", FieldErrors, async name =>
    {
        var settings = await settingsManager.LoadSettingsAsync(name);
        var errors = validator.CheckName(name).Concat(await ApplyAsync(form, settings)).ToArray();

        if (errors.Length == 0)
        {
            settings.State = TenantState.Uninitialized;
            SetupTokens.Require(settings);

            await StoreAsync(settings, "created");
        }

        return errors;
    });

    public Task<IReadOnlyList<FieldError>> EditAsync(ShellSettings settings, TenantForm form) => ChangeAsync<IReadOnlyList<FieldError>>(settings.Name, FieldErrors, async name =>
    {
        // Meanwhile somebody else may have disabled, set up or removed it.
        if (Find(name) is not { } current || setup.IsRunning(current))
        {
            return FieldErrors(S["The tenant was removed in the meantime, or is being set up. Check the list of tenants, and try again."]);
        }

        var changed = new ShellSettings(current);
        var errors = (await ApplyAsync(form, changed)).ToArray();

        if (errors.Length == 0)
        {
            await StoreAsync(changed, "changed");
        }

        return errors;
    });

    public Task<string?> EnableAsync(ShellSettings settings) => ChangeAsync<string?>(settings.Name, Problem, async name =>
    {
        if (Find(name) is not { } current || !current.IsDisabled())
        {
            return S["The tenant {0} is not disabled.", name];
        }

        await StoreAsync(new ShellSettings(current) { State = TenantState.Running }, "enabled");

        return null;
    });

    public Task<string?> DisableAsync(ShellSettings settings) => ChangeAsync<string?>(settings.Name, Problem, async name =>
    {
        if (Find(name) is not { } current || current.IsDefaultShell() || !current.IsRunning())
        {
            return S["The tenant {0} cannot be disabled: it is the default one, or does not run.", name];
        }

        await StoreAsync(new ShellSettings(current) { State = TenantState.Disabled }, "disabled");

        return null;
    });

    public Task<string?> ReloadAsync(ShellSettings settings) => ChangeAsync<string?>(settings.Name, Problem, async name =>
    {
        if (Find(name) is not { } current || !current.IsRunning())
        {
            return S["The tenant {0} does not run.", name];
        }

        await shellHost.ReloadShellContextAsync(current);

        return null;
    });

    public bool IsRemovable(ShellSettings settings)
        => !settings.IsDefaultShell() && (settings.IsDisabled() || settings.IsUninitialized()) && !setup.IsRunning(settings);

    public Task<string?> RemoveAsync(ShellSettings stale) => ChangeAsync<string?>(stale.Name, Problem, async name =>
    {
        if (Find(name) is not { } settings)
        {
            return S["It has already been removed."];
        }

        if (!IsRemovable(settings))
        {
            return S["It is running or being set up. Disable it first."];
        }

        try
        {
            await shellHost.ReleaseShellContextAsync(settings);

            // What was never set up has nothing in its database, unless that was broken off.
            if (settings.IsDisabled() || settings[TenantSetup.BrokenOff] is not null)
            {
                await databases.Of(settings).RemoveAsync(settings);
            }

            if (Directory.Exists(folders.Folder(settings.Name)))
            {
                Directory.Delete(folders.Folder(settings.Name), recursive: true);
            }

            await shellHost.RemoveShellSettingsAsync(settings);
        }
        catch (Exception e)
        {
            // Nothing is forgotten of a tenant whose data is still there: removing it can be tried again.
            logger.LogError(e, "The tenant '{Tenant}' could not be removed.", settings.Name);

            return S["It could not be removed entirely: {0} Try again when this is fixed. If the database is gone for good, take the tenant out of tenants.json while the host is stopped.", e.Message];
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
        _ => S["To be set up"],
    };

    private static IReadOnlyList<FieldError> FieldErrors(string problem) => [new FieldError("", problem)];

    private static string? Problem(string problem) => problem;

    /// <summary>Changes a tenant while nobody else changes one.</summary>
    /// <param name="tenant">Its name.</param>
    /// <param name="refuse">What is answered where the files of the host don't allow it, as with a full disk.</param>
    /// <param name="change">The change, with the tenants as they are then.</param>
    private async Task<T> ChangeAsync<T>(string tenant, Func<string, T> refuse, Func<string, Task<T>> change)
    {
        try
        {
            using var turn = await gate.EnterAsync();

            return await change(tenant);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TenantsFileException)
        {
            logger.LogError(e, "The tenant '{Tenant}' could not be changed.", tenant);

            return refuse(S["Nothing was saved: {0} An operator can check the host's disk and its file tenants.json. Then try again.", e.Message]);
        }
        catch (TenantChangedException e)
        {
            return refuse(e.Message);
        }
    }

    private async Task StoreAsync(ShellSettings settings, string what)
    {
        await shellHost.UpdateShellSettingsAsync(settings);
        logger.LogInformation("The tenant '{Tenant}' was {What}.", settings.Name, what);
    }

    /// <summary>Puts what was typed into the settings.</summary>
    /// <returns>What is wrong with it.</returns>
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
            connectionStrings.Store(settings, form.ConnectionString);
        }

        return validator.CheckRecipe(settings[RecipeName], await recipes.SetupRecipesAsync()).Concat(validator.CheckDatabase(settings));
    }
}
