using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Modules;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>The recipe step "users": creates users, or changes those of the same name. Passwords are given as hashes alone.</summary>
[Feature("OrchardCore.Users")]
internal sealed class UsersStep(UserManager<IUser> users) : NamedRecipeStepHandler("users")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var wanted in context.Step.ToObject<Step>()!.Users)
        {
            if (string.IsNullOrWhiteSpace(wanted.UserName))
            {
                context.Errors.Add("A user has no name.");

                continue;
            }

            var found = await users.FindByNameAsync(wanted.UserName) as User;
            var user = found ?? new User { UserName = wanted.UserName };
            user.Email = wanted.Email ?? user.Email;
            user.EmailConfirmed = wanted.EmailConfirmed ?? user.EmailConfirmed;
            user.IsEnabled = wanted.IsEnabled ?? user.IsEnabled;
            user.RoleNames = wanted.RoleNames ?? user.RoleNames;
            user.PasswordHash = wanted.PasswordHash ?? user.PasswordHash;
            var result = found is null ? await users.CreateAsync(user) : await users.UpdateAsync(user);

            foreach (var error in result.Errors)
            {
                context.Errors.Add($"{wanted.UserName}: {error.Description}");
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
