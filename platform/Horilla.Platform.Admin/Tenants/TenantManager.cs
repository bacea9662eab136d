using Horilla.Platform.Setup;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace Horilla.Platform.Admin.Tenants;

internal sealed class TenantManager(
    IShellHost shellHost,
    IShellSettingsManager settingsManager,
    TenantFormMapper forms,
    TenantRemover remover,
    TenantChangeRunner changes,
    TenantSetup setup,
    IStringLocalizer<TenantManager> S) : ITenantManager
{
    public IReadOnlyList<ShellSettings> Search(string text)
        => [.. shellHost.GetAllSettings()
            .Where(settings => Texts(settings).Any(candidate => candidate?.Contains(text, StringComparison.OrdinalIgnoreCase) == true))
            .OrderByDescending(settings => settings.IsDefaultShell())
            .ThenBy(settings => settings.Name, StringComparer.OrdinalIgnoreCase)];

    public ShellSettings? Find(string? name) => name is not null && shellHost.TryGetSettings(name, out var settings) ? settings : null;

    public Task<TenantForm> BuildFormAsync(ShellSettings? settings) => forms.BuildAsync(settings);

    public Task PopulateOptionsAsync(TenantForm form, ShellSettings? settings) => forms.PopulateOptionsAsync(form, settings);

    public Task<IReadOnlyList<FieldError>> CreateAsync(TenantForm form) => changes.RunAsync<IReadOnlyList<FieldError>>(form.Name?.Trim() ?? "", ToFieldErrors, async name =>
    {
        var settings = await settingsManager.LoadSettingsAsync(name);
        var errors = (await forms.ApplyNewAsync(form, settings)).ToArray();

        if (errors.Length == 0)
        {
            settings.State = TenantState.Uninitialized;
            SetupTokenProvider.RequireToken(settings);

            await changes.SaveAsync(settings, "created");
        }

        return errors;
    });

    public Task<IReadOnlyList<FieldError>> EditAsync(ShellSettings settings, TenantForm form) => changes.RunAsync<IReadOnlyList<FieldError>>(settings.Name, ToFieldErrors, async name =>
    {
        // The tenant may have been disabled, set up or removed in the meantime.
        if (Find(name) is not { } current || setup.IsRunning(current))
        {
            return ToFieldErrors(S["The tenant was removed in the meantime, or is being set up. Check the list of tenants, then try again."]);
        }

        var changed = new ShellSettings(current);
        var errors = (await forms.ApplyAsync(form, changed)).ToArray();

        if (errors.Length == 0)
        {
            await changes.SaveAsync(changed, "changed");
        }

        return errors;
    });

    public Task<string?> EnableAsync(ShellSettings settings) => changes.RunAsync<string?>(settings.Name, ToError, async name =>
    {
        if (Find(name) is not { } current || !current.IsDisabled())
        {
            return S["The tenant {0} isn't disabled.", name];
        }

        await changes.SaveAsync(new ShellSettings(current) { State = TenantState.Running }, "enabled");

        return null;
    });

    public Task<string?> DisableAsync(ShellSettings settings) => changes.RunAsync<string?>(settings.Name, ToError, async name =>
    {
        if (Find(name) is not { } current || current.IsDefaultShell() || !current.IsRunning())
        {
            return S["The tenant {0} can't be disabled because it is the default tenant or isn't running.", name];
        }

        await changes.SaveAsync(new ShellSettings(current) { State = TenantState.Disabled }, "disabled");

        return null;
    });

    public Task<string?> ReloadAsync(ShellSettings settings) => changes.RunAsync<string?>(settings.Name, ToError, async name =>
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

    public Task<string?> RemoveAsync(ShellSettings stale) => changes.RunAsync<string?>(stale.Name, ToError, async name =>
    {
        if (Find(name) is not { } settings)
        {
            return S["The tenant has already been removed."];
        }

        if (!IsRemovable(settings))
        {
            return S["The tenant is running or being set up. Disable it first."];
        }

        return await remover.RemoveAsync(settings);
    });

    private IEnumerable<string?> Texts(ShellSettings settings)
        => [settings.Name, settings[TenantFormMapper.Description], settings.RequestUrlHost, "/" + settings.RequestUrlPrefix, StateOf(settings)];

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
}
