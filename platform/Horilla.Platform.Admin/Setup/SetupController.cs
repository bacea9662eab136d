using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;

namespace Horilla.Platform.Admin.Setup;

/// <summary>The only page of a tenant that isn't set up yet.</summary>
[Feature("OrchardCore.Setup")]
[Area("OrchardCore.Setup")]
[AllowAnonymous]
[ResponseCache(Location = ResponseCacheLocation.None, NoStore = true)]
public sealed class SetupController(ISetupService setup, IStringLocalizer<SetupController> S) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string? token)
    {
        if (!setup.Allows(token))
        {
            return LinkRequired();
        }

        var form = new SetupForm { Secret = token };
        await setup.PopulateOptionsAsync(form);

        return View(form);
    }

    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(SetupForm form)
    {
        if (!setup.Allows(form.Secret))
        {
            return LinkRequired();
        }

        foreach (var error in await setup.RunAsync(form))
        {
            ModelState.AddModelError(error.Field, error.Message);
        }

        if (ModelState.IsValid)
        {
            return Redirect("~/");
        }

        await setup.PopulateOptionsAsync(form);
        RequireReentry(nameof(form.Password), form.Password);
        RequireReentry(nameof(form.ConnectionString), form.ConnectionString);

        return View(nameof(Index), form);
    }

    /// <summary>Asks for a secret again, because it isn't kept when the form is shown again.</summary>
    private void RequireReentry(string field, string? typed)
    {
        if (!string.IsNullOrEmpty(typed) && ModelState[field]?.Errors.Count is null or 0)
        {
            ModelState.AddModelError(field, S["Enter this again. It isn't kept when the form is shown again."]);
        }
    }

    private ViewResult LinkRequired()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;

        return View("Refused");
    }
}
