using System.Text.Json.Serialization;
using Horilla.Platform.Admin.Recipes;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Modules;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Roles;

/// <summary>The recipe step "roles": creates roles, and replaces, adds or removes permissions of existing ones.</summary>
[Feature("OrchardCore.Roles")]
internal sealed class RolesStep(RoleManager<IRole> roles) : IdentityRecipeStep<RolesStep.Entry>("roles", "A role has no name.")
{
    protected override string? GetName(Entry entry) => entry.Name;

    protected override async Task<IdentityResult> SaveAsync(string name, Entry entry)
    {
        var found = await roles.FindByNameAsync(name) as Role;
        var role = found ?? new Role { RoleName = name };
        role.RoleDescription = entry.Description ?? role.RoleDescription;
        ApplyPermissions(role, entry);

        return await (found is null ? roles.CreateAsync(role) : roles.UpdateAsync(role));
    }

    private static void ApplyPermissions(Role role, Entry entry)
    {
        if (entry.PermissionBehavior != PermissionBehavior.Add)
        {
            role.RoleClaims.RemoveAll(claim => claim.ClaimType == Permission.ClaimType && (entry.PermissionBehavior == PermissionBehavior.Replace || entry.Permissions.Contains(claim.ClaimValue)));
        }

        if (entry.PermissionBehavior != PermissionBehavior.Remove)
        {
            role.RoleClaims.AddRange(entry.Permissions.Except(role.RoleClaims.Where(claim => claim.ClaimType == Permission.ClaimType).Select(claim => claim.ClaimValue)).Select(permission => new RoleClaim(Permission.ClaimType, permission)));
        }
    }

    internal sealed class Entry
    {
        public string? Name { get; set; }

        public string? Description { get; set; }

        public PermissionBehavior PermissionBehavior { get; set; }

        public string[] Permissions { get; set; } = [];
    }

    /// <summary>How the listed permissions change those that a role already has.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PermissionBehavior>))]
    internal enum PermissionBehavior
    {
        Replace,
        Add,
        Remove,
    }
}
