using Horilla.Platform.Security;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;
using OrchardCore.Settings;

namespace Horilla.Platform.Admin.Settings;

[Feature("OrchardCore.Settings")]
internal sealed class SettingsPermissionProvider : IPermissionProvider
{
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([SettingsPermissions.ManageSettings]);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = SystemRoles.Administrator, Permissions = [SettingsPermissions.ManageSettings] }];
}
