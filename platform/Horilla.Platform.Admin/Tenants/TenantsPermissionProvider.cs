using Horilla.Platform.Security;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Tenants;

[Feature("OrchardCore.Tenants")]
internal sealed class TenantsPermissionProvider : IPermissionProvider
{
    public static readonly Permission ManageTenants = new("ManageTenants", "Manage tenants", isSecurityCritical: true);

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManageTenants]);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = SystemRoles.Administrator, Permissions = [ManageTenants] }];
}
