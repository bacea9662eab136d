using Microsoft.AspNetCore.Identity;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>A user who was disabled cannot sign in.</summary>
internal sealed class EnabledUserConfirmation : IUserConfirmation<IUser>
{
    public Task<bool> IsConfirmedAsync(UserManager<IUser> manager, IUser user) => Task.FromResult(((User)user).IsEnabled);
}
