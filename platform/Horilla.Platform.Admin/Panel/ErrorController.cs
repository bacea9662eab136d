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
    public IActionResult Index(int status, string? returnUrl = null)
    {
        status = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = status;

        return View(new ErrorViewModel
        {
            Status = status,
            RefusedUrl = status == StatusCodes.Status403Forbidden && Url.IsLocalUrl(returnUrl) ? returnUrl : null,
            MissingPermission = status == StatusCodes.Status403Forbidden ? accessDenied.Take(HttpContext) : null,
        });
    }
}
