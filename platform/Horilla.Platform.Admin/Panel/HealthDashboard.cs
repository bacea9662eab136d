using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Panel;

/// <summary>
/// Shows the health checks of the tenant that aren't healthy. A check leads to the page that its tag <c>href:</c> names, and is
/// shown to users whose menu leads there as well.
/// </summary>
[Feature("OrchardCore.Admin")]
internal sealed class HealthDashboard(
    HealthCheckService healthChecks,
    IOptions<HealthCheckServiceOptions> options,
    INavigationManager navigation) : IDashboardProvider
{
    private const string AddressTag = "href:";

    /// <summary>The key in the data of a healthy check whose description says what to do on a new site.</summary>
    private const string NextStepKey = "nextStep";

    public async Task BuildAsync(DashboardBuilder dashboard)
    {
        var addresses = options.Value.Registrations
            .Select(check => (check.Name, Address: check.Tags.FirstOrDefault(tag => tag.StartsWith(AddressTag, StringComparison.Ordinal))?[AddressTag.Length..]))
            .Where(check => check.Address is not null)
            .ToDictionary(check => check.Name, check => check.Address!);

        var context = dashboard.Context;
        var menu = Flatten(await navigation.BuildMenuAsync(NavigationConstants.AdminId, context)).Select(item => item.Href).OfType<string>().ToArray();
        var prefix = context.HttpContext.Request.PathBase.Value;
        var visible = addresses.Where(check => menu.Contains(prefix + check.Value.TrimStart('~').Split('?')[0], StringComparer.OrdinalIgnoreCase)).Select(check => check.Key).ToHashSet();
        var report = await healthChecks.CheckHealthAsync(check => visible.Contains(check.Name), context.HttpContext.RequestAborted);

        foreach (var (name, entry) in report.Entries)
        {
            var text = entry.Description ?? name;

            if (entry.Status != HealthStatus.Healthy)
            {
                dashboard.AddAttention(text, addresses[name]);
            }
            else if (entry.Data.ContainsKey(NextStepKey))
            {
                dashboard.AddNextStep(text, addresses[name]);
            }
            else
            {
                dashboard.AddWorking(text, addresses[name]);
            }
        }
    }

    private static IEnumerable<MenuItem> Flatten(IEnumerable<MenuItem> items) => items.SelectMany(item => Flatten(item.Items).Prepend(item));
}
