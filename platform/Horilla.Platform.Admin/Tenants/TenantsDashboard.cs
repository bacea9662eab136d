using Horilla.Platform.Admin.Panel;
using Horilla.Platform.Shells;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Tenants;

/// <summary>Counts the tenants on the dashboard, and names those that don't serve their sites.</summary>
internal sealed class TenantsDashboard(IShellHost shellHost, TenantOutages outages, IAuthorizationService authorizationService, IStringLocalizer<TenantsDashboard> S) : IDashboardProvider
{
    private const string List = "~/Admin/Tenants";

    public async Task BuildAsync(DashboardBuilder dashboard)
    {
        if (!await authorizationService.AuthorizeAsync(dashboard.User, TenantsPermissionProvider.ManageTenants))
        {
            return;
        }

        var all = shellHost.GetAllSettings().ToArray();
        dashboard.AddCount(S["Tenants"], all.Length, List);

        foreach (var settings in all.Where(settings => settings.IsRunning() && outages.HasFailed(settings.Name)))
        {
            dashboard.AddAttention(S["The tenant {0} was down within the last {1} minutes: its database or another part of it was unavailable. The log has the cause.", settings.Name, TenantOutages.Period.TotalMinutes], Address(settings.Name));
        }

        foreach (var settings in all.Where(settings => settings.IsDisabled()))
        {
            dashboard.AddAttention(S["The tenant {0} is disabled: its site is offline.", settings.Name], Address(settings.Name));
        }

        foreach (var settings in all.Where(settings => settings.IsUninitialized()))
        {
            dashboard.AddNextStep(S["Set up the tenant {0}.", settings.Name], Address(settings.Name));
        }
    }

    private static string Address(string name) => $"{List}?search={Uri.EscapeDataString(name)}";
}
