using System.Security.Claims;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace Microsoft.AspNetCore.Authorization;

public static class PermissionAuthorizationExtensions
{
    public static Task<bool> AuthorizeAsync(this IAuthorizationService service, ClaimsPrincipal user, Permission permission)
        => service.AuthorizeAsync(user, permission, resource: null);

    public static async Task<bool> AuthorizeAsync(this IAuthorizationService service, ClaimsPrincipal user, Permission permission, object? resource)
        => (await service.AuthorizeAsync(user, resource, [new PermissionRequirement(permission)])).Succeeded;
}
