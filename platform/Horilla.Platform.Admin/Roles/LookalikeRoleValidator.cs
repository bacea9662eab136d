using Horilla.Platform.Admin.Names;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Security;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Admin.Roles;

/// <summary>Rejects the name of a new role that looks like another one's, wherever the role comes from.</summary>
[Feature("OrchardCore.Roles")]
internal sealed class LookalikeRoleValidator(IRoleService roles, IStringLocalizer<LookalikeRoleValidator> S) : IRoleValidator<IRole>
{
    public async Task<IdentityResult> ValidateAsync(RoleManager<IRole> manager, IRole role)
    {
        var known = await roles.GetRolesAsync();

        // A role keeps the name that it has.
        if (known.Any(other => string.Equals(other.RoleName, role.RoleName, StringComparison.Ordinal)))
        {
            return IdentityResult.Success;
        }

        if (LookalikeNames.IsDisguised(role.RoleName))
        {
            return IdentityResult.Failed(new IdentityError { Code = "LookalikeName", Description = S["The name has characters that are invisible or only look like others. Type it by hand."] });
        }

        var skeleton = LookalikeNames.Skeleton(role.RoleName);

        foreach (var other in known)
        {
            if (!string.Equals(other.RoleName, role.RoleName, StringComparison.OrdinalIgnoreCase) && LookalikeNames.Skeleton(other.RoleName) == skeleton)
            {
                return IdentityResult.Failed(new IdentityError { Code = "LookalikeName", Description = S["The name looks like that of the role '{0}'. Choose another one.", other.RoleName] });
            }
        }

        return IdentityResult.Success;
    }
}
