using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace Horilla.Platform.Admin.Panel;

/// <summary>The dashboard of the admin panel.</summary>
[Feature("OrchardCore.Admin")]
[Area("OrchardCore.Admin")]
[Admin]
public sealed class AdminController(INavigationManager navigation) : Controller
{
    public async Task<IActionResult> Index() => View(await navigation.BuildMenuAsync(NavigationConstants.AdminId, ControllerContext));
}
