using Horilla.Modules.OutgoingMail.Admin;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Handles the redirect from Microsoft. It's a GET, as the protocol requires (RFC 6749 section 4.1.2): the state protects what
/// it changes.
/// </summary>
[AdminTheme]
public sealed class OutlookCallbackController(
    IAuthorizationService authorizationService,
    OutlookSignInFlow flow,
    INotifier notifier,
    IHtmlLocalizer<OutlookCallbackController> htmlLocalizer) : Controller
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Stores the tokens and redirects to the list, or shows why the sign-in failed.</summary>
    [HttpGet]
    public async Task<IActionResult> Index(string? state, string? code, string? error, [FromQuery(Name = "error_description")] string? errorDescription)
    {
        if (User.Identity?.IsAuthenticated != true)
        {
            // After signing in to this site, the user returns here, and the state is still valid.
            return Challenge();
        }

        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers))
        {
            return Forbid();
        }

        var outcome = await flow.CompleteAsync(state, code, error, errorDescription, HttpContext.RequestAborted);

        if (outcome.IsSignedIn)
        {
            await notifier.SuccessAsync(H["<strong>{0}</strong> is signed in for the mail server <strong>{1}</strong>.", outcome.AccountName!, outcome.Configuration!.Title]);

            return RedirectToAction(nameof(AdminController.Index), "Admin");
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;

        // The address contains a code: don't disclose it in a Referer header, and don't cache the page.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers.CacheControl = "no-cache, no-store";

        return View(outcome.Error is null ? "OtherAccount" : "Failed", outcome);
    }
}
