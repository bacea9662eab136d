using Horilla.Platform.Security;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Features;

[Feature("OrchardCore.Features")]
internal sealed class FeaturesPermissionProvider : IPermissionProvider
{
    public static readonly Permission ManageFeatures = new("ManageFeatures", "Manage features", isSecurityCritical: true);

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManageFeatures]);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = SystemRoles.Administrator, Permissions = [ManageFeatures] }];
}
