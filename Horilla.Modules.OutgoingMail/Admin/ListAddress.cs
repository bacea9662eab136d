using Microsoft.AspNetCore.Mvc;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The way back to the list, to the search, order and page that one came from.</summary>
public static class ListAddress
{
    /// <summary>The list as it was left; the whole list where the address is none of this site.</summary>
    public static string List(this IUrlHelper url, string? returnUrl)
        => url.IsLocalUrl(returnUrl) ? returnUrl! : url.Action(nameof(AdminController.Index), "Admin", new { area = "Horilla.Modules.OutgoingMail" })!;

    /// <summary>Goes there.</summary>
    public static IActionResult ToList(this Controller controller, string? returnUrl) => controller.LocalRedirect(controller.Url.List(returnUrl));
}
