using System.Globalization;
using Horilla.Platform.Admin.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Panel;

/// <summary>The page of a request that was not answered as it wished.</summary>
[Feature("OrchardCore.Admin")]
[Area("OrchardCore.Admin")]
[AllowAnonymous]
[IgnoreAntiforgeryToken(Order = 2000)]
[Route("Error/{status:int}")]
public sealed class ErrorController(AccessDenied accessDenied) : Controller
{
    [ResponseCache(NoStore = true)]
    public IActionResult Index()
    {
        // Not by parameters: a form that cannot be read, which may be why this is shown, would keep all of them from being bound.
        var status = int.TryParse((string?)RouteData.Values["status"], CultureInfo.InvariantCulture, out var asked) && asked is >= 400 and < 600 ? asked : StatusCodes.Status404NotFound;
        var returnUrl = (string?)Request.Query["returnUrl"];
        Response.StatusCode = status;

        return View(new ErrorViewModel
        {
            Status = status,
            RefusedUrl = status == StatusCodes.Status403Forbidden && Url.IsLocalUrl(returnUrl) ? returnUrl : null,
            MissingPermission = status == StatusCodes.Status403Forbidden ? accessDenied.Take(HttpContext) : null,
        });
    }
}
