using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Security;

/// <summary>
/// Grants the permissions of the user's roles as they are now, directly or by implication. Every user has the role
/// Anonymous, signed-in users also have the role Authenticated, and administrators have all permissions.
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
            var isImplicitRole = role is SystemRoles.Anonymous or SystemRoles.Authenticated;

            // The roles Anonymous and Authenticated never grant security-critical permissions, even if they have them.
            if ((!isImplicitRole && await roles.IsAdminRoleAsync(role))
                || (await roles.GetRoleClaimsAsync(role)).Any(claim => claim.Type == Permission.ClaimType && granting.TryGetValue(claim.Value, out var permission) && !(isImplicitRole && permission.IsSecurityCritical)))
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
