using Microsoft.AspNetCore.Mvc;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Links back to the list, with the search, sort order and page that the user came from.</summary>
public static class ListUrlExtensions
{
    /// <summary>Returns the return URL if it is local, otherwise the URL of the unfiltered list.</summary>
    public static string ListUrl(this IUrlHelper url, string? returnUrl)
        => url.IsLocalUrl(returnUrl) ? returnUrl! : url.Action(nameof(AdminController.Index), "Admin", new { area = OutgoingMailConstants.ModuleId })!;

    /// <summary>Redirects to the list.</summary>
    public static IActionResult RedirectToList(this Controller controller, string? returnUrl) => controller.LocalRedirect(controller.Url.ListUrl(returnUrl));
}
