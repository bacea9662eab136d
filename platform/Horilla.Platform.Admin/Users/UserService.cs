using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace Horilla.Platform.Admin.Users;

internal sealed class UserService(UserManager<IUser> users) : IUserService
{
    public async Task<IUser?> GetUserAsync(string usernameOrEmail)
        => await users.FindByNameAsync(usernameOrEmail) ?? await users.FindByEmailAsync(usernameOrEmail);

    public Task<IUser?> GetUserByUniqueIdAsync(string userId) => users.FindByIdAsync(userId);

    public Task<IUser?> GetAuthenticatedUserAsync(ClaimsPrincipal principal) => users.GetUserAsync(principal);

    public async Task<IUser?> CreateUserAsync(IUser user, string password, Action<string, string> reportError)
    {
        var result = await users.CreateAsync(user, password);

        foreach (var error in result.Errors)
        {
            reportError(Field(error.Code), error.Description);
        }

        return result.Succeeded ? user : null;
    }

    private static string Field(string code) => code switch
    {
        _ when code.StartsWith("Password", StringComparison.Ordinal) => "Password",
        _ when code.EndsWith("Email", StringComparison.Ordinal) => nameof(User.Email),
        _ => nameof(User.UserName),
    };
}
