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

    public async Task<IReadOnlyList<FieldError>> CreateAsync(TenantForm form)
    {
        using var turn = await gate.EnterAsync();
        var name = form.Name?.Trim() ?? "";
        var settings = await settingsManager.LoadSettingsAsync(name);
        var errors = validator.CheckName(name).Concat(await ApplyAsync(form, settings)).ToArray();

        if (errors.Length == 0)
        {
            settings.State = TenantState.Uninitialized;
            SetupTokens.Require(settings);

            return await StoreAsync(settings, "created");
        }

        return errors;
    }

    public async Task<IReadOnlyList<FieldError>> EditAsync(ShellSettings settings, TenantForm form)
    {
        using var turn = await gate.EnterAsync();

        // Meanwhile somebody else may have disabled, set up or removed it.
        if (Find(settings.Name) is not { } current || setup.IsRunning(current))
        {
            return [new FieldError("", S["The tenant was removed meanwhile, or is being set up. Look at the list of tenants, and try again."])];
        }

        var changed = new ShellSettings(current);
        var errors = (await ApplyAsync(form, changed)).ToArray();

        if (errors.Length == 0)
        {
            return await StoreAsync(changed, "changed");
        }

        return errors;
    }

    public Task<bool> EnableAsync(ShellSettings settings) => ChangeStateAsync(settings, TenantState.Disabled, TenantState.Running);

    public async Task<bool> DisableAsync(ShellSettings settings) => !settings.IsDefaultShell() && await ChangeStateAsync(settings, TenantState.Running, TenantState.Disabled);

    public async Task<bool> ReloadAsync(ShellSettings settings)
    {
        using var turn = await gate.EnterAsync();

        if (Find(settings.Name) is not { } current || !current.IsRunning())
        {
            return false;
        }

        await shellHost.ReloadShellContextAsync(current);

        return true;
    }

    public bool IsRemovable(ShellSettings settings)
        => !settings.IsDefaultShell() && (settings.IsDisabled() || settings.IsUninitialized()) && !setup.IsRunning(settings);

    public async Task<string?> RemoveAsync(ShellSettings stale)
    {
        using var turn = await gate.EnterAsync();

        if (Find(stale.Name) is not { } settings)
        {
            return S["It was removed already."];
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
        }
        catch (Exception e)
        {
            // Nothing is forgotten of a tenant whose data is still there: removing it can be tried again.
            logger.LogError(e, "The tenant '{Tenant}' could not be removed.", settings.Name);

            return S["Its data could not be removed: {0} Try again when that is mended. If the database is gone for good, take the tenant out of tenants.json while the host is stopped.", e.Message];
        }

        await shellHost.RemoveShellSettingsAsync(settings);
        logger.LogInformation("The tenant '{Tenant}' was removed with its data.", settings.Name);

        return null;
    }

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

    private async Task<bool> ChangeStateAsync(ShellSettings settings, TenantState from, TenantState to)
    {
        using var turn = await gate.EnterAsync();

        if (Find(settings.Name) is not { } current || current.State != from)
        {
            return false;
        }

        return (await StoreAsync(new ShellSettings(current) { State = to }, to == TenantState.Running ? "enabled" : "disabled")).Count == 0;
    }

    /// <summary>Stores the settings of a tenant.</summary>
    /// <returns>Why it can't be done; empty where it was.</returns>
    private async Task<IReadOnlyList<FieldError>> StoreAsync(ShellSettings settings, string what)
    {
        try
        {
            await shellHost.UpdateShellSettingsAsync(settings);
            logger.LogInformation("The tenant '{Tenant}' was {What}.", settings.Name, what);

            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TenantChangedException)
        {
            // A disk that is full, most often.
            logger.LogError(e, "The tenant '{Tenant}' could not be {What}.", settings.Name, what);

            return [new FieldError("", S["Nothing was saved: {0} An operator can look at the disk of the host. Then try again.", e.Message])];
        }
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
