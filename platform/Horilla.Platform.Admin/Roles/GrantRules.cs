using System.Security.Claims;
using Horilla.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Admin.Roles;

/// <summary>
/// Says what a user may give to others, edit or take over: nothing that goes beyond the user's own permissions. Else who
/// manages users or roles could become anybody. Scoped.
/// </summary>
[Feature("OrchardCore.Roles")]
public sealed class GrantRules(IAuthorizationService authorization, IEnumerable<IPermissionProvider> providers, IRoleService roles)
{
    private readonly Dictionary<string, bool> _roles = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, Permission>? _permissions;

    /// <summary>Whether a role has nothing but what the user has. What is not known now, as of a feature that is disabled, counts as more.</summary>
    public async Task<bool> CoversAsync(ClaimsPrincipal user, string roleName)
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

    /// <summary>Whether another user with these roles has nothing but what the user has.</summary>
    public async Task<bool> CoversAsync(ClaimsPrincipal user, IEnumerable<string> roleNames)
    {
        foreach (var role in roleNames)
        {
            if (!await CoversAsync(user, role))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the user may grant a permission to others.</summary>
    public async Task<bool> MayGrantAsync(ClaimsPrincipal user, Permission permission)
        => user.IsInRole(SystemRoles.Administrator) || await authorization.AuthorizeAsync(user, permission);

    /// <summary>Whether a role is everybody's, so that it can't have what is critical to security.</summary>
    public static bool IsEverybodys(string roleName) => roleName is SystemRoles.Anonymous or SystemRoles.Authenticated;

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
