using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Modules;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace Horilla.Platform.Admin.Roles;

/// <summary>The recipe step "roles": creates roles, and sets, adds or removes permissions of those that are there.</summary>
[Feature("OrchardCore.Roles")]
internal sealed class RolesStep(RoleManager<IRole> roles) : NamedRecipeStepHandler("roles")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var wanted in context.Step.ToObject<Step>()!.Roles)
        {
            if (string.IsNullOrWhiteSpace(wanted.Name))
            {
                context.Errors.Add("A role has no name.");

                continue;
            }

            var found = await roles.FindByNameAsync(wanted.Name) as Role;
            var role = found ?? new Role { RoleName = wanted.Name };
            role.RoleDescription = wanted.Description ?? role.RoleDescription;
            Grant(role, wanted);
            var result = found is null ? await roles.CreateAsync(role) : await roles.UpdateAsync(role);

            foreach (var error in result.Errors)
            {
                context.Errors.Add($"{wanted.Name}: {error.Description}");
            }
        }
    }

    private static void Grant(Role role, Entry wanted)
    {
        if (wanted.PermissionBehavior != PermissionBehavior.Add)
        {
            role.RoleClaims.RemoveAll(claim => claim.ClaimType == Permission.ClaimType && (wanted.PermissionBehavior == PermissionBehavior.Replace || wanted.Permissions.Contains(claim.ClaimValue)));
        }

        if (wanted.PermissionBehavior != PermissionBehavior.Remove)
        {
            role.RoleClaims.AddRange(wanted.Permissions.Except(role.RoleClaims.Where(claim => claim.ClaimType == Permission.ClaimType).Select(claim => claim.ClaimValue)).Select(permission => new RoleClaim(Permission.ClaimType, permission)));
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

    /// <summary>What becomes of the permissions that a role has.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PermissionBehavior>))]
    private enum PermissionBehavior
    {
        Replace,
        Add,
        Remove,
    }
}
