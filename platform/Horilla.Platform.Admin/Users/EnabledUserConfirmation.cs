using Microsoft.AspNetCore.Identity;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>Prevents disabled users from signing in.</summary>
internal sealed class EnabledUserConfirmation : IUserConfirmation<IUser>
{
    public Task<bool> IsConfirmedAsync(UserManager<IUser> manager, IUser user) => Task.FromResult(((User)user).IsEnabled);
}
