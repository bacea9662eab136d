using Horilla.Platform.Admin.Panel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Features;

/// <summary>Counts the enabled features on the dashboard.</summary>
internal sealed class FeaturesDashboard(IShellFeaturesManager features, IAuthorizationService authorizationService, IStringLocalizer<FeaturesDashboard> S) : IDashboardProvider
{
    public async Task BuildAsync(DashboardBuilder dashboard)
    {
        if (await authorizationService.AuthorizeAsync(dashboard.User, FeaturesPermissionProvider.ManageFeatures))
        {
            dashboard.AddCount(S["Enabled features"], (await features.GetEnabledFeaturesAsync()).Count(), "~/Admin/Features");
        }
    }
}
