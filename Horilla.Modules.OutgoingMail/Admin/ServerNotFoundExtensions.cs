using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The page shown when a server doesn't exist.</summary>
internal static class ServerNotFoundExtensions
{
    /// <summary>Returns a 404 page with the likely cause and a link to the list.</summary>
    public static ViewResult ServerNotFound(this Controller controller)
    {
        var page = controller.View("ServerNotFound");
        page.StatusCode = StatusCodes.Status404NotFound;

        return page;
    }
}
