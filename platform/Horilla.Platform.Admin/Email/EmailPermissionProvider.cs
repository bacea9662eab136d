using Horilla.Platform.Security;
using OrchardCore.Email;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Email;

[Feature("OrchardCore.Email")]
internal sealed class EmailPermissionProvider : IPermissionProvider
{
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([EmailPermissions.ManageEmailSettings]);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = SystemRoles.Administrator, Permissions = [EmailPermissions.ManageEmailSettings] }];
}
