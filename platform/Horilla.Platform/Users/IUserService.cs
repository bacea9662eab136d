using System.Security.Claims;

namespace OrchardCore.Users.Services;

public interface IUserService
{
    /// <summary>The user of this name or address, or null.</summary>
    Task<IUser?> GetUserAsync(string usernameOrEmail);

    Task<IUser?> GetUserByUniqueIdAsync(string userId);

    /// <summary>The user who is signed in, or null.</summary>
    Task<IUser?> GetAuthenticatedUserAsync(ClaimsPrincipal principal);

    /// <summary>Creates a user, or gives null and reports why not, by field.</summary>
    Task<IUser?> CreateUserAsync(IUser user, string password, Action<string, string> reportError);
}
