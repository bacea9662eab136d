using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Security;

/// <summary>
/// Grants what the roles of the user grant, as they are now, directly or by implication. Everybody has the role
/// Anonymous, who is signed in has the role Authenticated too, and an administrator may do everything.
/// </summary>
internal sealed class PermissionHandler(IRoleService roles, IHttpContextAccessor httpContextAccessor) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        var granting = new Dictionary<string, Permission>(StringComparer.OrdinalIgnoreCase);
        Collect(requirement.Permission, granting);
        Collect(StandardPermissions.SiteOwner, granting);

        foreach (var role in RolesOf(context.User))
        {
            var isEverybodys = role is SystemRoles.Anonymous or SystemRoles.Authenticated;

            // What is critical to security is nobody's by being anybody, whatever the role was given.
            if ((!isEverybodys && await roles.IsAdminRoleAsync(role))
                || (await roles.GetRoleClaimsAsync(role)).Any(claim => claim.Type == Permission.ClaimType && granting.TryGetValue(claim.Value, out var permission) && !(isEverybodys && permission.IsSecurityCritical)))
            {
                context.Succeed(requirement);

                return;
            }
        }

        if (httpContextAccessor.HttpContext is { } http)
        {
            DeniedPermission.Set(http, requirement.Permission);
        }
    }

    private static IEnumerable<string> RolesOf(ClaimsPrincipal user)
    {
        yield return SystemRoles.Anonymous;

        if (user.Identity?.IsAuthenticated == true)
        {
            yield return SystemRoles.Authenticated;

            foreach (var claim in user.FindAll(ClaimTypes.Role))
            {
                yield return claim.Value;
            }
        }
    }

    private static void Collect(Permission permission, Dictionary<string, Permission> permissions)
    {
        if (permissions.TryAdd(permission.Name, permission))
        {
            foreach (var implying in permission.ImpliedBy)
            {
                Collect(implying, permissions);
            }
        }
    }
}
