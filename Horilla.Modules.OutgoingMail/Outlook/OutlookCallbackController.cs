using Horilla.Modules.OutgoingMail.Admin;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Where Microsoft sends the browser back to. It is a GET, as the protocol has it (RFC 6749 section 4.1.2): what it changes
/// is guarded by the state.
/// </summary>
[AdminTheme]
public sealed class OutlookCallbackController(
    IAuthorizationService authorizationService,
    OutlookSignInFlow flow,
    INotifier notifier,
    IHtmlLocalizer<OutlookCallbackController> htmlLocalizer) : Controller
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Stores the tokens and goes to the list, or says why not.</summary>
    [HttpGet]
    public async Task<IActionResult> Index(string? state, string? code, string? error, [FromQuery(Name = "error_description")] string? errorDescription)
    {
        if (User.Identity?.IsAuthenticated != true)
        {
            // Whoever signs in to this site comes back here, and the state is still good.
            return Challenge();
        }

        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers))
        {
            return Forbid();
        }

        var outcome = await flow.EndAsync(state, code, error, errorDescription, HttpContext.RequestAborted);

        if (outcome.IsSignedIn)
        {
            await notifier.SuccessAsync(H["<strong>{0}</strong> is signed in for the mail server <strong>{1}</strong>.", outcome.AccountName!, outcome.Configuration!.Title]);

            return RedirectToAction(nameof(AdminController.Index), "Admin");
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;

        // The address holds a code: nobody is told it, and no copy of the page is kept.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers.CacheControl = "no-cache, no-store";

        return View(outcome.Error is null ? "OtherAccount" : "Failed", outcome);
    }
}
