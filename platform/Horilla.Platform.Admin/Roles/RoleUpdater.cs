using Horilla.Platform.Data;
using Horilla.Platform.Security;
using OrchardCore.Environment.Extensions;
using OrchardCore.Modules;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Roles;

/// <summary>Creates the system roles, and grants the default permissions of each feature once. A permission that is revoked later stays revoked.</summary>
internal sealed class RoleUpdater(CachedDocument<RolesDocument> document, IEnumerable<IPermissionProvider> providers, ITypeFeatureProvider types) : ModularTenantEvents
{
    public override async Task ActivatingAsync()
    {
        var roles = await document.LoadAsync();
        var changed = false;

        foreach (var name in new[] { SystemRoles.Administrator, SystemRoles.Authenticated, SystemRoles.Anonymous })
        {
            if (roles.Find(name) is null)
            {
                roles.Roles.Add(new Role { RoleName = name, NormalizedRoleName = name.ToUpperInvariant() });
                changed = true;
            }
        }

        foreach (var feature in providers.GroupBy(provider => types.GetFeatureForDependency(provider.GetType()).Id))
        {
            if (roles.GrantedFeatures.Contains(feature.Key))
            {
                continue;
            }

            foreach (var role in roles.Roles)
            {
                RoleStereotypes.Grant(role, feature);
            }

            roles.GrantedFeatures.Add(feature.Key);
            changed = true;
        }

        if (changed)
        {
            await document.UpdateAsync(roles);
        }
    }
}
