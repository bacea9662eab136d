using Microsoft.AspNetCore.Mvc;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Links back to the log, with the filters and the page that the user came from.</summary>
public static class LogUrlExtensions
{
    /// <summary>Returns the return URL if it's local, otherwise the URL of the unfiltered log.</summary>
    public static string LogUrl(this IUrlHelper url, string? returnUrl)
        => url.IsLocalUrl(returnUrl) ? returnUrl! : url.Action(nameof(LogController.Index), "Log", new { area = OutgoingMailConstants.ModuleId })!;

    /// <summary>Redirects to the log.</summary>
    public static IActionResult RedirectToLog(this Controller controller, string? returnUrl) => controller.LocalRedirect(controller.Url.LogUrl(returnUrl));
}
