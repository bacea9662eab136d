using System.Net.Mail;
using Horilla.Platform.Admin.Tenants;
using Horilla.Platform.Databases;
using Horilla.Platform.Recipes;
using Horilla.Platform.Setup;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Setup;

internal sealed class SetupService(
    ShellSettings shell,
    IShellHost shellHost,
    TenantSetup setup,
    SetupTokenProvider tokens,
    TenantDatabaseProviders databases,
    RecipeHarvester recipes,
    ILogger<SetupService> logger,
    IStringLocalizer<SetupService> S) : ISetupService
{
    private const int LongestText = 255;

    /// <summary>The current settings. They may have changed since this shell was built.</summary>
    private ShellSettings? Settings => shellHost.TryGetSettings(shell.Name, out var settings) ? settings : null;

    private bool HasRecipe => Settings?["RecipeName"] is { Length: > 0 };

    private bool HasDatabase => Settings?[DatabaseSettings.Provider] is { Length: > 0 };

    public bool Allows(string? token) => Settings is { } settings && settings.IsUninitialized() && tokens.Validate(settings, token);

    public async Task PopulateOptionsAsync(SetupForm form)
    {
        form.HasRecipe = HasRecipe;
        form.HasDatabase = HasDatabase;
        form.Recipes = [.. (await recipes.SetupRecipesAsync()).Select(recipe => (recipe.Name, recipe.DisplayName))];
        form.Providers = [.. databases.Providers];
    }

    public async Task<IReadOnlyList<FieldError>> RunAsync(SetupForm form)
    {
        var errors = Check(form).ToArray();

        if (errors.Length > 0)
        {
            return errors;
        }

        try
        {
            await setup.RunAsync(shell.Name, Options(form), settings => tokens.Validate(settings, form.Secret));

            return [];
        }
        catch (TenantSetupException e)
        {
            logger.LogError(e, "The setup of the tenant '{Tenant}' failed.", shell.Name);

            // The database may have been chosen by someone else. This form then has no field for it.
            return HasDatabase && e.Field is DatabaseSettings.ConnectionString or DatabaseSettings.TablePrefix or DatabaseSettings.Schema
                ? [new("", S["{0} Someone who manages the tenants of this host can change it with Edit in the list of tenants.", e.Message])]
                : [new(e.Field ?? "", e.Message)];
        }
    }

    private IEnumerable<FieldError> Check(SetupForm form)
    {
        if (string.IsNullOrWhiteSpace(form.SiteName) || form.SiteName.Length > LongestText || form.SiteName.Any(char.IsControl))
        {
            yield return new(nameof(form.SiteName), S["Enter the name of the site, with up to {0} characters.", LongestText]);
        }

        if (!string.IsNullOrEmpty(form.SiteTimeZone) && !TimeZoneInfo.TryFindSystemTimeZoneById(form.SiteTimeZone, out _))
        {
            yield return new(nameof(form.SiteTimeZone), S["Unknown time zone. Choose one from the list."]);
        }

        if (string.IsNullOrWhiteSpace(form.UserName))
        {
            yield return new(nameof(form.UserName), S["Enter the user name of the administrator."]);
        }

        if (string.IsNullOrWhiteSpace(form.Email) || !MailAddress.TryCreate(form.Email.Trim(), out var address) || address.Address != form.Email.Trim())
        {
            yield return new(nameof(form.Email), S["Enter an email address, for example admin@example.com."]);
        }

        if (string.IsNullOrEmpty(form.Password))
        {
            yield return new(nameof(form.Password), S["Enter a password."]);
        }
        else if (form.Password != form.PasswordConfirmation)
        {
            yield return new(nameof(form.PasswordConfirmation), S["The passwords don't match. Enter both again."]);
        }

        if (!HasRecipe && string.IsNullOrEmpty(form.RecipeName))
        {
            yield return new(nameof(form.RecipeName), S["Choose one of the recipes."]);
        }

        if (!HasDatabase && !databases.Providers.Contains(form.DatabaseProvider, StringComparer.OrdinalIgnoreCase))
        {
            yield return new(nameof(form.DatabaseProvider), S["Choose one of the databases."]);
        }
    }

    private TenantSetupOptions Options(SetupForm form)
    {
        var options = new TenantSetupOptions
        {
            ShellName = shell.Name,
            SiteName = form.SiteName!.Trim(),
            SiteTimeZone = string.IsNullOrEmpty(form.SiteTimeZone) ? null : form.SiteTimeZone,
            AdminUsername = form.UserName!.Trim(),
            AdminEmail = form.Email!.Trim(),
            AdminPassword = form.Password!,
            RecipeName = HasRecipe ? Settings!["RecipeName"]! : form.RecipeName!,
        };

        if (!HasDatabase)
        {
            options.DatabaseProvider = form.DatabaseProvider!;
            options.DatabaseConnectionString = form.ConnectionString;
            options.DatabaseTablePrefix = form.TablePrefix?.Trim();
            options.DatabaseSchema = form.Schema?.Trim();
        }

        return options;
    }
}
