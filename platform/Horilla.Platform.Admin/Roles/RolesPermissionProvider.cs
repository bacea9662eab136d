using Horilla.Platform.Security;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Roles;

[Feature("OrchardCore.Roles")]
internal sealed class RolesPermissionProvider : IPermissionProvider
{
    public static readonly Permission ManageRoles = new("ManageRoles", "Manage roles and their permissions", isSecurityCritical: true);

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManageRoles]);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = SystemRoles.Administrator, Permissions = [ManageRoles] }];
}
