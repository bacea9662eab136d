using System.Security.Claims;

namespace OrchardCore.Users.Services;

public interface IUserService
{
    /// <summary>Returns the user with this name or email address, or null if there is none.</summary>
    Task<IUser?> GetUserAsync(string usernameOrEmail);

    Task<IUser?> GetUserByUniqueIdAsync(string userId);

    /// <summary>Returns the signed-in user, or null if there is none.</summary>
    Task<IUser?> GetAuthenticatedUserAsync(ClaimsPrincipal principal);

    /// <summary>Creates a user. On failure, returns null and reports the errors by field.</summary>
    Task<IUser?> CreateUserAsync(IUser user, string password, Action<string, string> reportError);
}
