using System.Security.Claims;
using Horilla.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Admin.Roles;

/// <summary>
/// Limits what users can grant, edit or take over to their own permissions. Otherwise, anyone who manages users or roles
/// could escalate their privileges. Scoped.
/// </summary>
[Feature("OrchardCore.Roles")]
public sealed class PermissionGrantPolicy(IAuthorizationService authorization, IEnumerable<IPermissionProvider> providers, IRoleService roles)
{
    private readonly Dictionary<string, bool> _roles = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, Permission>? _permissions;

    /// <summary>Whether the user has every permission of a role. An unknown permission, for example of a disabled feature, counts as missing.</summary>
    public async Task<bool> HasAllPermissionsAsync(ClaimsPrincipal user, string roleName)
    {
        if (user.IsInRole(SystemRoles.Administrator))
        {
            return true;
        }

        if (!_roles.TryGetValue(roleName, out var covers))
        {
            covers = !await roles.IsAdminRoleAsync(roleName) && await HasAllAsync(user, (await roles.GetRoleClaimsAsync(roleName)).Where(claim => claim.Type == Permission.ClaimType).Select(claim => claim.Value));
            _roles[roleName] = covers;
        }

        return covers;
    }

    /// <summary>Whether the user has every permission of these roles.</summary>
    public async Task<bool> HasAllPermissionsAsync(ClaimsPrincipal user, IEnumerable<string> roleNames)
    {
        foreach (var role in roleNames)
        {
            if (!await HasAllPermissionsAsync(user, role))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the user may grant a permission to others.</summary>
    public async Task<bool> MayGrantAsync(ClaimsPrincipal user, Permission permission)
        => user.IsInRole(SystemRoles.Administrator) || await authorization.AuthorizeAsync(user, permission);

    /// <summary>Whether a role applies to all visitors or all signed-in users, so that it can't have security-critical permissions.</summary>
    public static bool IsImplicitRole(string roleName) => roleName is SystemRoles.Anonymous or SystemRoles.Authenticated;

    private async Task<bool> HasAllAsync(ClaimsPrincipal user, IEnumerable<string> names)
    {
        _permissions ??= await ReadAsync();

        foreach (var name in names)
        {
            if (!_permissions.TryGetValue(name, out var permission) || !await MayGrantAsync(user, permission))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Dictionary<string, Permission>> ReadAsync()
    {
        var permissions = new Dictionary<string, Permission>(StringComparer.OrdinalIgnoreCase);

        foreach (var provider in providers)
        {
            foreach (var permission in await provider.GetPermissionsAsync())
            {
                permissions.TryAdd(permission.Name, permission);
            }
        }

        return permissions;
    }
}
