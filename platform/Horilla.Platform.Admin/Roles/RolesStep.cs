using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Modules;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Roles;

/// <summary>The recipe step "roles": creates roles, and replaces, adds or removes permissions of existing ones.</summary>
[Feature("OrchardCore.Roles")]
internal sealed class RolesStep(RoleManager<IRole> roles) : NamedRecipeStepHandler("roles")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var entry in context.Step.ToObject<Step>()!.Roles)
        {
            if (string.IsNullOrWhiteSpace(entry.Name))
            {
                context.Errors.Add("A role has no name.");

                continue;
            }

            var found = await roles.FindByNameAsync(entry.Name) as Role;
            var role = found ?? new Role { RoleName = entry.Name };
            role.RoleDescription = entry.Description ?? role.RoleDescription;
            ApplyPermissions(role, entry);
            var result = found is null ? await roles.CreateAsync(role) : await roles.UpdateAsync(role);

            foreach (var error in result.Errors)
            {
                context.Errors.Add($"{entry.Name}: {error.Description}");
            }
        }
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

    private sealed class Step
    {
        public Entry[] Roles { get; set; } = [];
    }

    private sealed class Entry
    {
        public string? Name { get; set; }

        public string? Description { get; set; }

        public PermissionBehavior PermissionBehavior { get; set; }

        public string[] Permissions { get; set; } = [];
    }

    /// <summary>How the listed permissions change those that a role already has.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PermissionBehavior>))]
    private enum PermissionBehavior
    {
        Replace,
        Add,
        Remove,
    }
}
