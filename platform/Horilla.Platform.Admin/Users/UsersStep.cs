using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Modules;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>The recipe step "users": creates users, or updates those with the same name. Passwords are given only as hashes.</summary>
[Feature("OrchardCore.Users")]
internal sealed class UsersStep(UserManager<IUser> users) : NamedRecipeStepHandler("users")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var entry in context.Step.ToObject<Step>()!.Users)
        {
            if (string.IsNullOrWhiteSpace(entry.UserName))
            {
                context.Errors.Add("A user has no name.");

                continue;
            }

            var found = await users.FindByNameAsync(entry.UserName) as User;
            var user = found ?? new User { UserName = entry.UserName };
            user.Email = entry.Email ?? user.Email;
            user.EmailConfirmed = entry.EmailConfirmed ?? user.EmailConfirmed;
            user.IsEnabled = entry.IsEnabled ?? user.IsEnabled;
            user.RoleNames = entry.RoleNames ?? user.RoleNames;
            user.PasswordHash = entry.PasswordHash ?? user.PasswordHash;
            var result = found is null ? await users.CreateAsync(user) : await users.UpdateAsync(user);

            foreach (var error in result.Errors)
            {
                context.Errors.Add($"{entry.UserName}: {error.Description}");
            }
        }
    }

    private sealed class Step
    {
        public Entry[] Users { get; set; } = [];
    }

    private sealed class Entry
    {
        public string? UserName { get; set; }

        public string? Email { get; set; }

        public bool? EmailConfirmed { get; set; }

        public bool? IsEnabled { get; set; }

        public string[]? RoleNames { get; set; }

        public string? PasswordHash { get; set; }
    }
}
