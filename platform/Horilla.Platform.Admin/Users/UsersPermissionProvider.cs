using Horilla.Platform.Security;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;
using OrchardCore.Users;

namespace Horilla.Platform.Admin.Users;

[Feature("OrchardCore.Users")]
internal sealed class UsersPermissionProvider : IPermissionProvider
{
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([UsersPermissions.ManageUsers]);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = SystemRoles.Administrator, Permissions = [UsersPermissions.ManageUsers] }];
}
