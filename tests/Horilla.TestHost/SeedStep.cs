using Microsoft.AspNetCore.Identity;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace Horilla.TestHost;

/// <summary>The recipe step "test-seed": creates roles with the given permissions, and for each a user of the same name.</summary>
public sealed class SeedStep(RoleManager<IRole> roles, IUserService users) : NamedRecipeStepHandler("test-seed")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        var password = context.Step["password"]!.GetValue<string>();

        foreach (var (name, permissions) in context.Step["roles"]!.AsObject())
        {
            var claims = permissions!.AsArray().Select(permission => new RoleClaim(Permission.ClaimType, permission!.GetValue<string>()));
            await roles.CreateAsync(new Role { RoleName = name, RoleClaims = [.. claims] });
            await users.CreateUserAsync(
                new User { UserName = name, Email = name + "@example.com", EmailConfirmed = true, RoleNames = [name] },
                password,
                (key, message) => context.Errors.Add($"{name}: {key}: {message}"));
        }
    }
}
