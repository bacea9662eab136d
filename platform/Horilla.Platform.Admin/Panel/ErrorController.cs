using System.Globalization;
using Horilla.Platform.Admin.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Panel;

/// <summary>Shows the error page of a status code.</summary>
[Feature("OrchardCore.Admin")]
[Area("OrchardCore.Admin")]
[AllowAnonymous]
[IgnoreAntiforgeryToken(Order = 2000)]
[Route("Error/{status:int}")]
public sealed class ErrorController(DeniedPermissionCookie accessDenied) : Controller
{
    [ResponseCache(Location = ResponseCacheLocation.None, NoStore = true)]
    public IActionResult Index()
    {
        // Read directly instead of bound: an unreadable form, which may be the cause of the error, makes model binding fail.
        var status = int.TryParse((string?)RouteData.Values["status"], CultureInfo.InvariantCulture, out var asked) && asked is >= 400 and < 600 ? asked : StatusCodes.Status404NotFound;
        var returnUrl = (string?)Request.Query["returnUrl"];
        Response.StatusCode = status;

        return View(new ErrorViewModel
        {
            Status = status,
            DeniedUrl = status == StatusCodes.Status403Forbidden && Url.IsLocalUrl(returnUrl) ? returnUrl : null,
            MissingPermission = status == StatusCodes.Status403Forbidden ? accessDenied.ReadAndDelete(HttpContext) : null,
        });
    }
}
