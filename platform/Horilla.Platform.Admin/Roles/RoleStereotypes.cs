using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Roles;

/// <summary>Grants roles the default permissions that features declare for them.</summary>
internal sealed class RoleStereotypes(IEnumerable<IPermissionProvider> providers)
{
    public void Grant(Role role) => Grant(role, providers);

    public static void Grant(Role role, IEnumerable<IPermissionProvider> providers)
    {
        var permissions = providers
            .SelectMany(provider => provider.GetDefaultStereotypes())
            .Where(stereotype => string.Equals(stereotype.Name, role.RoleName, StringComparison.OrdinalIgnoreCase))
            .SelectMany(stereotype => stereotype.Permissions);

        foreach (var permission in permissions)
        {
            if (!role.RoleClaims.Any(claim => claim.ClaimType == Permission.ClaimType && claim.ClaimValue == permission.Name))
            {
                role.RoleClaims.Add(new RoleClaim(Permission.ClaimType, permission.Name));
            }
        }
    }
}
