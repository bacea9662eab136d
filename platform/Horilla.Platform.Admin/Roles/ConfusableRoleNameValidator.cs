using Horilla.Platform.Admin.Names;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Security;
using OrchardCore.Security.Services;

namespace Horilla.Platform.Admin.Roles;

/// <summary>Rejects a new role whose name looks like that of another role, whether it comes from a form, a recipe or code.</summary>
[Feature("OrchardCore.Roles")]
internal sealed class ConfusableRoleNameValidator(IRoleService roles, IStringLocalizer<ConfusableRoleNameValidator> S) : IRoleValidator<IRole>
{
    public async Task<IdentityResult> ValidateAsync(RoleManager<IRole> manager, IRole role)
    {
        var known = await roles.GetRolesAsync();

        // An existing role may keep its name.
        if (known.Any(other => string.Equals(other.RoleName, role.RoleName, StringComparison.Ordinal)))
        {
            return IdentityResult.Success;
        }

        if (ConfusableNames.HasConfusableCharacters(role.RoleName))
        {
            return IdentityResult.Failed(new IdentityError { Code = "LookalikeName", Description = S["The name has characters that are invisible or only look like others. Type it instead of pasting it."] });
        }

        var skeleton = ConfusableNames.Skeleton(role.RoleName);

        foreach (var other in known)
        {
            if (!string.Equals(other.RoleName, role.RoleName, StringComparison.OrdinalIgnoreCase) && ConfusableNames.Skeleton(other.RoleName) == skeleton)
            {
                return IdentityResult.Failed(new IdentityError { Code = "LookalikeName", Description = S["The name looks too much like the role '{0}'. Choose another name.", other.RoleName] });
            }
        }

        return IdentityResult.Success;
    }
}
