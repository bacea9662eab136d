using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>A controller whose actions require a permission, and mostly concern one server.</summary>
public abstract class ServerActionController(IAuthorizationService authorizationService, OutgoingMailConfigurationManager configurations) : Controller
{
    /// <summary>The configurations of the tenant.</summary>
    protected OutgoingMailConfigurationManager Configurations { get; } = configurations;

    /// <summary>Whether the user has a permission.</summary>
    protected Task<bool> IsAuthorizedAsync(Permission permission) => authorizationService.AuthorizeAsync(User, permission);

    /// <summary>Runs an action if the user has a permission. Otherwise the response is 403, or the sign-in page if nobody is signed in.</summary>
    protected async Task<IActionResult> WithPermissionAsync(Permission permission, Func<Task<IActionResult>> action)
        => await IsAuthorizedAsync(permission) ? await action() : Forbid();

    /// <summary>Runs an action on a server, if the user has a permission and the server exists.</summary>
    /// <param name="id">The ID of the server.</param>
    /// <param name="permission">The required permission.</param>
    /// <param name="action">The action.</param>
    /// <param name="type">The required server type, or null for any.</param>
    protected Task<IActionResult> WithServerAsync(string? id, Permission permission, Func<OutgoingMailConfiguration, Task<IActionResult>> action, string? type = null)
        => WithPermissionAsync(permission, async () => await Configurations.FindAsync(id) is { } configuration && (type is null || type == configuration.Type)
            ? await action(configuration)
            : ServerNotFound());

    /// <summary>Returns a 404 page with the likely cause and a link to the list.</summary>
    protected ViewResult ServerNotFound()
    {
        var page = View("ServerNotFound");
        page.StatusCode = StatusCodes.Status404NotFound;

        return page;
    }
}
