using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The page in place of one of a server that is not there.</summary>
internal static class GonePage
{
    /// <summary>404, with what may have happened and the way back.</summary>
    public static ViewResult Gone(this Controller controller)
    {
        var page = controller.View("Gone");
        page.StatusCode = StatusCodes.Status404NotFound;

        return page;
    }
}
