using Horilla.Platform.Security;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Panel;

[Feature("OrchardCore.Admin")]
internal sealed class PanelPermissionProvider : IPermissionProvider
{
    private static readonly string[] Roles = [SystemRoles.Administrator, "Editor", "Moderator", "Author", "Contributor"];

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([AdminPermissions.AccessAdminPanel]);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes()
        => Roles.Select(role => new PermissionStereotype { Name = role, Permissions = [AdminPermissions.AccessAdminPanel] });
}
