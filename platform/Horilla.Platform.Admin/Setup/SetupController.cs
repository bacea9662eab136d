using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Setup;

/// <summary>The page of a tenant that is still to be set up: it has no other.</summary>
[Feature("OrchardCore.Setup")]
[Area("OrchardCore.Setup")]
[AllowAnonymous]
[ResponseCache(NoStore = true)]
public sealed class SetupController(ISiteSetup setup, IStringLocalizer<SetupController> S) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string? token)
    {
        if (!setup.Allows(token))
        {
            return Refuse();
        }

        var form = new SetupForm { Secret = token };
        await setup.CompleteAsync(form);

        return View(form);
    }

    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(SetupForm form)
    {
        if (!setup.Allows(form.Secret))
        {
            return Refuse();
        }

        foreach (var error in await setup.RunAsync(form))
        {
            ModelState.AddModelError(error.Field, error.Message);
        }

        if (ModelState.IsValid)
        {
            return Redirect("~/");
        }

        await setup.CompleteAsync(form);
        AskAgain(nameof(form.Password), form.Password);
        AskAgain(nameof(form.ConnectionString), form.ConnectionString);

        return View(nameof(Index), form);
    }

    /// <summary>A secret that was typed does not come back with the form.</summary>
    private void AskAgain(string field, string? typed)
    {
        if (!string.IsNullOrEmpty(typed) && ModelState[field]?.Errors.Count is null or 0)
        {
            ModelState.AddModelError(field, S["Enter it again: it does not come back with the page."]);
        }
    }

    private ViewResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;

        return View("Refused");
    }
}
