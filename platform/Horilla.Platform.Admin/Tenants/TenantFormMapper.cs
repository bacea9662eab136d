using Horilla.Platform.Databases;
using Horilla.Platform.Recipes;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Maps the settings of a tenant to its form, and the form to its settings.</summary>
internal sealed class TenantFormMapper(
    IShellHost shellHost,
    TenantFormValidator validator,
    TenantDatabaseProviders databases,
    ConnectionStringProtector connectionStrings,
    RecipeHarvester recipes)
{
    /// <summary>The setting with the description of a tenant.</summary>
    public const string Description = "Description";

    private const string RecipeName = "RecipeName";

    /// <inheritdoc cref="ITenantManager.BuildFormAsync"/>
    public async Task<TenantForm> BuildAsync(ShellSettings? settings)
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
            RecipeName = (settings ?? FindDefault())?[RecipeName],
        };
        await PopulateOptionsAsync(form, settings);

        return form;
    }

    /// <inheritdoc cref="ITenantManager.PopulateOptionsAsync"/>
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

    /// <summary>Writes the values of the form to the settings of a new tenant.</summary>
    /// <returns>The errors in the form.</returns>
    public async Task<IEnumerable<FieldError>> ApplyNewAsync(TenantForm form, ShellSettings settings)
        => validator.CheckName(settings.Name).Concat(await ApplyAsync(form, settings));

    /// <summary>Writes the values of the form to the settings.</summary>
    /// <returns>The errors in the form.</returns>
    public async Task<IEnumerable<FieldError>> ApplyAsync(TenantForm form, ShellSettings settings)
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

    private ShellSettings? FindDefault() => shellHost.TryGetSettings(ShellSettings.DefaultShellName, out var settings) ? settings : null;
}
