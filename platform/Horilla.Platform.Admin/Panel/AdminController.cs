using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Panel;

/// <summary>The dashboard of the admin panel.</summary>
[Feature("OrchardCore.Admin")]
[Area("OrchardCore.Admin")]
[Admin]
public sealed class AdminController(IServiceProvider services) : Controller
{
    public async Task<IActionResult> Index()
    {
        var dashboard = new DashboardBuilder(ControllerContext, Url);

        foreach (var provider in services.GetServices<IDashboardProvider>())
        {
            await provider.BuildAsync(dashboard);
        }

        return View(dashboard.Build());
    }
}
