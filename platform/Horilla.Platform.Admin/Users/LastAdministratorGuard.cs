using Horilla.Platform.Security;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>Keeps a tenant from losing its last administrator.</summary>
[Feature("OrchardCore.Users")]
public sealed class LastAdministratorGuard(UserManager<IUser> users)
{
    /// <summary>Whether a user is the only administrator who can sign in.</summary>
    public async Task<bool> IsLastAsync(User user)
    {
        var all = (await users.GetUsersInRoleAsync(SystemRoles.Administrator)).Cast<User>().Where(administrator => administrator.IsEnabled).ToArray();

        return all is [var only] && only.UserId == user.UserId;
    }
}
