using Horilla.Platform.Admin.Recipes;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>The recipe step "users": creates users, or updates those with the same name. Passwords are given only as hashes.</summary>
[Feature("OrchardCore.Users")]
internal sealed class UsersStep(UserManager<IUser> users) : IdentityRecipeStep<UsersStep.Entry>("users", "A user has no name.")
{
    protected override async Task<IdentityResult> SaveAsync(string name, Entry entry)
    {
        var found = await users.FindByNameAsync(name) as User;
        var user = found ?? new User { UserName = name };
        user.Email = entry.Email ?? user.Email;
        user.EmailConfirmed = entry.EmailConfirmed ?? user.EmailConfirmed;
        user.IsEnabled = entry.IsEnabled ?? user.IsEnabled;
        user.RoleNames = entry.RoleNames ?? user.RoleNames;
        user.PasswordHash = entry.PasswordHash ?? user.PasswordHash;

        return await (found is null ? users.CreateAsync(user) : users.UpdateAsync(user));
    }

    protected override string? GetName(Entry entry) => entry.UserName;

    internal sealed class Entry
    {
        public string? UserName { get; set; }

        public string? Email { get; set; }

        public bool? EmailConfirmed { get; set; }

        public bool? IsEnabled { get; set; }

        public string[]? RoleNames { get; set; }

        public string? PasswordHash { get; set; }
    }
}
